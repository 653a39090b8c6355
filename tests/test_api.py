"""The API: nothing without a token, nothing beyond it, every answer as the description says, never a 5xx."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection

from tests.cast import CILLA, DAN, NOW
from tryggve.accounts import tokens
from tryggve.accounts.models import User
from tryggve.accounts.policy import EVERYBODY
from tryggve.accounts.roles import Role, Scope
from tryggve.audit import selectors as audit
from tryggve.domains.customers.register_index import register_index
from tryggve.domains.customers.services import responsible
from tryggve.domains.customers.tests.lists import add
from tryggve.ui import openapi

pytestmark = pytest.mark.django_db
ALL = ("customers.api", "access.api-log")
ADDRESSES = ("/api/v1/customers", f"/api/v1/customers/{UUID(int=1)}", "/api/v1/log")

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(openapi.document())))
schema.app = WSGIHandler()


@pytest.fixture(autouse=True)
def fresh_index() -> None:
    """The index of the test before holds customers who were never committed."""
    register_index.forget()


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """A server closes the database after each request; here the test's transaction lives in it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _token(user: User, *scopes: str) -> dict[str, str]:
    secret = tokens.make(
        user=user,
        name="t",
        scopes=scopes or ALL,
        lasts=timedelta(days=1),
        actor=user.actor,
        at=timezone.now(),
    )
    return {"Authorization": f"Bearer {secret}"}


def _get(path: str, headers: dict[str, str], **query: Any) -> tuple[int, Any]:
    answer = Client().get(path, query, headers=headers)
    return answer.status_code, json.loads(answer.content)


def test_customers_are_told_without_notes(anna: User) -> None:
    [cilla, dan] = add(CILLA, DAN)
    status, said = _get("/api/v1/customers", _token(anna))
    assert (status, said["page"], said["pages"]) == (200, 1, 1)
    assert [one["id"] for one in said["customers"]] == [str(cilla), str(dan)]
    status, said = _get(f"/api/v1/customers/{cilla}", _token(anna))
    assert (status, said["emails"], "note" in said) == (200, ["cilla@example.se"], False)


def test_reading_by_a_program_is_in_the_log_under_its_token(anna: User) -> None:
    [cilla] = add(CILLA)
    header = _token(anna)
    _get(f"/api/v1/customers/{cilla}", header)
    [entry] = audit.newest_entries(limit=1)
    [token] = tokens.of(anna)
    assert (entry.action, entry.actor, entry.subject) == ("customers.viewed", f"token:{token.pk}", cilla)


def test_log_is_told_page_by_page_without_what_entries_say_in_words(anna: User) -> None:
    add(CILLA, DAN)
    header = _token(anna)
    status, first = _get("/api/v1/log", header, limit=2)
    assert (status, len(first["entries"])) == (200, 2)
    _status, second = _get("/api/v1/log", header, limit=2, before=first["older"])
    ids = [one["id"] for one in first["entries"] + second["entries"]]
    assert ids == sorted(ids, reverse=True)
    assert set(first["entries"][0]) == {"id", "at", "action", "actor", "subject", "facts"}


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer tryggve_x"}, {"Authorization": "Basic YTpi"}]
)
def test_nothing_is_told_without_a_token(anna: User, path: str, header: dict[str, str]) -> None:
    add(CILLA)
    answer = Client().get(path, headers=header)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert json.loads(answer.content)["error"] == "not-signed-in"


@pytest.mark.parametrize("path", ADDRESSES)
def test_session_of_a_browser_opens_no_api(as_anna: Client, path: str) -> None:
    """Else a page elsewhere could ask in Anna's name."""
    assert as_anna.get(path).status_code == 401


def test_token_is_no_session(anna: User) -> None:
    answer = Client().get("/customers/", headers=_token(anna))
    assert answer["Location"] == "/sign-in/?next=/customers/"


@pytest.mark.parametrize(
    ("scope", "path"), [("access.api-log", ADDRESSES[0]), ("customers.api", ADDRESSES[2])]
)
def test_token_opens_what_it_was_made_for_alone(anna: User, scope: str, path: str) -> None:
    assert _get(path, _token(anna, scope))[0] == 403


def test_token_opens_no_more_than_its_person_may(bo: User) -> None:
    status, said = _get("/api/v1/log", _token(bo))
    assert (status, said["error"]) == (403, "not-your-area")
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.facts) == (
        "accounts.refused",
        {"permission": "access.api-log", "rule": "not-your-area"},
    )


def test_role_taken_away_counts_at_the_next_question(anna: User, karin: User) -> None:
    header = _token(karin)
    assert _get("/api/v1/log", header)[0] == 200
    User.objects.filter(pk=karin.pk).update(role=Role.EMPLOYEE)
    assert _get("/api/v1/log", header)[0] == 403
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert _get("/api/v1/customers", header)[0] == 401


def test_token_of_bo_reads_his_own_customers_alone(bo: User) -> None:
    [cilla, dan] = add(CILLA, DAN)
    responsible.assign(customer=cilla, responsible=bo.pk, actor="system", at=NOW, reach=EVERYBODY)
    User.objects.filter(pk=bo.pk).update(scope=Scope.OWN)
    header = _token(bo)
    assert [one["id"] for one in _get("/api/v1/customers", header)[1]["customers"]] == [str(cilla)]
    assert _get(f"/api/v1/customers/{cilla}", header)[0] == 200
    assert _get(f"/api/v1/customers/{dan}", header)[0] == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(anna: User, method: str) -> None:
    header = _token(anna)
    for path in ADDRESSES:
        answer = getattr(Client(enforce_csrf_checks=True), method)(path, headers=header)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "limit=1&limit=2", "befor=3", "before=٣"]
)
def test_parameter_that_can_not_be_read_is_told(anna: User, query: str) -> None:
    answer = Client().get(f"/api/v1/log?{query}", headers=_token(anna))
    assert (answer.status_code, json.loads(answer.content)["error"]) == (400, "bad-parameter")


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described_and_never_a_fault(
    case: Case[Any], anna: User, kept_connection: None
) -> None:
    """What generators think of, with a token and without.

    Whether what is wrong is refused is asked by the tests above: a parameter that is an empty list is none once it is
    sent, and the generator would have that refused.
    """
    case.call_and_validate(headers=_token(anna), excluded_checks=[negative_data_rejection])
    assert case.call().status_code in (400, 401, 404, 405, 406)
