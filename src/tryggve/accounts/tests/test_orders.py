"""What somebody ordered is done only while they still may have it done."""

from typing import Any
from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve.accounts import orders, permissions
from tryggve.accounts.models import User
from tryggve.accounts.policy import Refused
from tryggve.accounts.roles import Area, Role, Scope
from tryggve.audit.models import Entry

UNKNOWN = UUID(int=7)
pytestmark = pytest.mark.django_db

LISTS = "planted.lists"
permissions.declare(LISTS, area=Area.IMPORT, step_up=True)


def _refused() -> list[tuple[str, dict[str, Any]]]:
    return [(one.actor, one.facts) for one in Entry.objects.filter(action="accounts.refused")]


def _rule(ordered_by: str, name: str = LISTS) -> str:
    with pytest.raises(Refused) as refusal:
        orders.require_still_allowed(ordered_by=ordered_by, name=name, at=NOW)
    assert _refused() == [(ordered_by, {"permission": name, "rule": refusal.value.decision.rule})]
    return refusal.value.decision.rule


def test_work_of_who_still_may_is_done_without_another_step(anna: User, karin: User) -> None:
    for ordered_by in (anna.actor, karin.actor, "machine:anna"):
        orders.require_still_allowed(ordered_by=ordered_by, name=LISTS, at=NOW)
    assert _refused() == []


def test_work_of_who_is_something_else_by_now_is_refused(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(role=Role.EMPLOYEE)
    assert _rule(karin.actor) == "not-your-area"


def test_work_of_who_sees_fewer_customers_by_now_is_refused(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(scope=Scope.OWN)
    assert _rule(karin.actor) == "not-your-area"


def test_work_of_who_has_left_is_refused(karin: User) -> None:
    User.objects.filter(pk=karin.pk).update(is_active=False)
    assert _rule(karin.actor) == "account-closed"


@pytest.mark.parametrize("ordered_by", [f"user:{UNKNOWN}", f"token:{UNKNOWN}", "system", "anonymous"])
def test_work_of_nobody_who_works_here_is_refused(ordered_by: str) -> None:
    assert _rule(ordered_by) == "not-signed-in"


def test_work_that_nobody_declared_is_refused(anna: User) -> None:
    assert _rule(anna.actor, "planted.undeclared") == "not-declared"
