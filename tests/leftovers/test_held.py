"""Every page that writes something, one after the other: what stays in sessions, messages and jobs is no value."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db.models import BinaryField
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.cast import PASSWORD
from tests.leftovers import held, told
from tests.leftovers.by_client import LIST, Browsing, set_up, sign_in, work_through
from tests.leftovers.readings import words_in
from tests.leftovers.spellings import Needles
from tests.telephone import telephone_of
from tools import tree
from tryggve import vault
from tryggve.accounts import services as accounts
from tryggve.accounts.models import User
from tryggve.accounts.roles import Role
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.setup.models import Firm
from tryggve.routines import jobs

# Messages with a value in them: only what is an id or a code, and is said here.
CODES_IN_MESSAGES = {
    "keys.py: str(refusal)",  # why the computer's keyring wasn't added: one of the vault's own sentences
    "kit.py: told % {'number': number}",  # of a recovery kit
    # Sentences of refusals, which hold none: of the keeper, of passkeys, of the last way to sign in.
    "steps.py: str(refusal)",
    "steps.py: str(form.errors['credential'][0])",
    "own_sign_in.py: str(refusal)",
    # Of routines, protections and passwords: sentences that name nobody.
    "routines.py: str(refusal)",
    "controls.py: str(refusal)",
    "passwords.py: str(refusal)",
    "saved_views.py: str(refusal)",  # sentences that name no view
    "elsewhere.py: told % days",  # of which days a copy is
    # The id of a place for backups.
    "places.py: _('The copies of the keys there could not be deleted, so who was erased may still be read with them. "
    "Tryggve tries again every night. Once the disk is destroyed, say so: ./tryggve backup places "
    "destroyed %(place)s') % {'place': place}",
    "export.py: _unread(file.unread)",  # how many cards are damaged
    # Of requests: the one sentence that the view beside it hands over, or that of a refusal, which names nobody.
    "cases.py: str(refusal)",
    "cases.py: told",
    "case_writing.py: str(refusal)",
    "case_writing.py: told",
    # How many reports on mail were read, and why the others weren't: our own sentences, with the name of a domain.
    "reports.py: f\"{told} {tells % {'mails': mails}}\"",
    "reports.py: f'{told} {why}'",
    # Why a file stays where it is, and how many do: sentences that name neither the file nor whom it tells of.
    "bulk.py: ' '.join(map(str, form.non_field_errors()))",
    "bulk.py: left % {'count': count, 'why': why}",
    "bulk.py: sentence % {'count': done.done}",
    "deeds.py: str(refusal)",
    "receipts.py: str(refusal)",
    "starters.py: words % {'count': count}",  # how many purposes were added
    "sending.py: f'{told} {refusal.in_words}'",  # why a mail server said no: one of our own sentences
    "sending.py: words % {'count': count}",  # how many get a message again
    "retention.py: ' '.join(map(str, form.non_field_errors()))",  # that nobody, or too many, were chosen
    "retention.py: told % {'count': count}",  # how many were put aside
    "retention.py: told % {'count': count, 'why': retention_words.LEFT_OUT[why]}",  # how many weren't, and why
}
ONLY_WHILE_A_LIST_IS_WRITTEN = {"customers.Customer.pending_sealed"}
_LEAVES_A_MESSAGE = re.compile(r"messages\.(debug|info|success|warning|error|add_message)")
NEEDLES = Needles(
    ["Cilla Åkerström", "cilla@example.se", "Dan Sørensen", "dan@example.dk", "Likes tea", *told.TOLD]
)


@pytest.fixture
def browsing(anna: User) -> Browsing:
    return Browsing(Client(), [], [], telephone_of(anna))


@pytest.fixture
def joining(firm: Firm) -> Browsing:
    """The browser of an owner who has no second factor yet."""
    accounts.create_user(
        email="new@example.se", password=PASSWORD, name="Ny Ek", language="en", role=Role.OWNER
    )
    return Browsing(Client(SERVER_NAME="localhost"), [], [], None)  # passkeys want a name


@pytest.mark.django_db
def test_sessions_messages_and_jobs_hold_ids_and_codes_only(browsing: Browsing, joining: Browsing) -> None:
    work_through(browsing)
    set_up(joining)

    sessions = [*browsing.sessions, *joining.sessions]
    assert [fault for session in sessions for fault in held.faults_of_session(session)] == []
    assert {key for session in sessions for key in session} == set(held.SESSION_KEYS) - held.KEYS_OF_A_ROUND
    rows = [model_to_dict(job) for job in DBTaskResult.objects.all()]
    assert (len(rows), [fault for row in rows for fault in held.faults_of_job(row)]) == (3, [])
    assert len(browsing.messages) >= 12
    assert [message for message in browsing.messages if words_in(_opened(message), NEEDLES)] == []


def _opened(message: str) -> bytes:
    """What the signed cookie says."""
    storage: Any = CookieStorage(HttpRequest())
    return str([str(one) for one in storage._decode(message)]).encode()


@pytest.mark.django_db
def test_failed_job_keeps_class_and_place_of_what_it_raised(browsing: Browsing) -> None:
    sign_in(browsing)
    preview = browsing.post("/customers/import/", file=SimpleUploadedFile("a.csv", LIST), source="fair")
    browsing.post(preview.headers["Location"] + "confirm/")
    Import.objects.update(file_sealed=b"\x01damaged")
    assert jobs.run_next(owner="worker", now=timezone.now)

    [row] = [model_to_dict(job) for job in DBTaskResult.objects.all()]
    assert (row["exception_class_path"], list(held.faults_of_job(row))) == (
        "tryggve.vault.sealing.Damaged",
        [],
    )


@pytest.mark.django_db
def test_everything_called_sealed_is_a_blob_and_an_imports_go_with_its_key(browsing: Browsing) -> None:
    sign_in(browsing)
    for _time in range(2):
        preview = browsing.post("/customers/import/", file=SimpleUploadedFile("a.csv", LIST), source="fair")
    browsing.post(preview.headers["Location"] + "confirm/")
    assert jobs.run_next(owner="worker", now=timezone.now)

    found = {name: list(keys) for name, keys in _sealed_columns()}
    assert {name for name, keys in found.items() if keys} >= {
        "customers.Customer.details_sealed",
        *("customers.Import." + name for name in ("file_sealed", "result_sealed", "leftovers_sealed")),
    }
    made = set(Import.objects.values_list("key_ref", flat=True))
    assert {
        key for name, keys in found.items() if name.startswith("customers.Import.") for key in keys
    } == made
    assert Customer.objects.count() == 2


@pytest.mark.django_db
def test_every_sealed_column_of_the_register_is_filled_by_the_work_and_with_blobs_only(
    browsing: Browsing,
) -> None:
    """A new column belongs into the work above, and into the journey beside it."""
    filled: set[str] = set()

    def look(**_more: object) -> None:
        filled.update(name for name, keys in _sealed_columns() if any([*keys]))

    request_finished.connect(look, weak=False)
    try:
        work_through(browsing)
    finally:
        request_finished.disconnect(look)
    of_the_register = {name for name, _keys in _sealed_columns() if name.startswith("customers.")}
    assert filled & of_the_register == of_the_register - ONLY_WHILE_A_LIST_IS_WRITTEN


def _sealed_columns() -> Iterator[tuple[str, Iterator[UUID]]]:
    """Every column whose name ends so, of every table, with the keys of its blobs; any other bytes raise Damaged."""
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if isinstance(column, BinaryField) and column.name.endswith("_sealed"):
                blobs = model._default_manager.exclude(**{column.name: None}).values_list(
                    column.name, flat=True
                )
                yield f"{model._meta.label}.{column.name}", (vault.key_id_of(bytes(blob)) for blob in blobs)


def _messages_in(path: Path) -> Iterator[str]:
    """Each call that leaves a message for the next page, and whose text isn't one translated sentence as it stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _LEAVES_A_MESSAGE.fullmatch(ast.unparse(node.func)):
            text = ast.unparse(node.args[-1])
            if not re.fullmatch(r"_\((['\"]).*\1\)", text, re.DOTALL):
                yield f"{path.name}: {text}"


def test_messages_are_fixed_sentences_or_hold_codes(tmp_path: Path) -> None:
    """A message waits in a cookie: a name in it would lie in the browser."""
    planted = tmp_path / "views.py"
    planted.write_text(
        "messages.success(request, _('%s is gone.') % name)\nmessages.info(request, _('Saved.'))\n"
    )
    assert list(_messages_in(planted)) == ["views.py: _('%s is gone.') % name"]

    product = [path for path in tree.files("*.py", below=tree.PACKAGE) if "tests" not in path.parts]
    assert {fault for path in product for fault in _messages_in(path)} <= CODES_IN_MESSAGES


@pytest.mark.parametrize(
    "session",
    [
        {"customers_found": {"a" * 16: ["Cilla"]}},
        {"customers_found": {"Cilla": []}},
        {"customers_found_nearly": {"a" * 16: "Cilla"}},
        {"draft": "01a2026b-cfb1-714b-9893-a9dcd0f82b9a"},
        {"_auth_user_id": "Cilla"},
        {"account_login": {"state": {"email": "anna@example.se"}}},
        {"account_authentication_methods": [{"method": "password", "at": 1.0, "email": "anna@example.se"}]},
        {"access.then": "/customers/?text=Cilla"},
        {"networks": {"5.9.1.1": {}}},
        {"signed_in": {"id": "01a2026b-cfb1-714b-9893-a9dcd0f82b9a", "browser": "Firefox"}},
        {"mfa.webauthn.state": {"challenge": "Cilla", "user_verification": "required"}},
    ],
)
def test_value_or_new_key_in_a_session_is_told(session: dict[str, object]) -> None:
    assert len(list(held.faults_of_session(session))) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"args_kwargs": {"args": ["Cilla"], "kwargs": {}}},
        {"args_kwargs": {"args": [], "kwargs": {"customer": 1}}},
        {"return_value": "Cilla"},
        {"traceback": "Traceback (most recent call last):"},
        {"exception_class_path": "ValueError: Cilla"},
    ],
    ids=lambda changed: str(next(iter(changed))),
)
def test_value_in_a_job_is_told(changed: dict[str, Any]) -> None:
    clean = {
        "args_kwargs": {"args": ["01a2026b-cfb1-714b-9893-a9dcd0f82b9a", 7], "kwargs": {}},
        "return_value": None,
        "traceback": "tryggve.routines.jobs:90",
        "exception_class_path": "builtins.ValueError",
    }
    assert list(held.faults_of_job(clean)) == []
    assert len(list(held.faults_of_job(clean | changed))) == 1
