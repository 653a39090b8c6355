import sys
from types import ModuleType

import pytest

from tryggve.audit import checks, registry

pytestmark = pytest.mark.usefixtures("vocabulary")


def _stand_in_actions_of_audit(monkeypatch: pytest.MonkeyPatch, action: registry.Action) -> None:
    module = ModuleType("tryggve.audit.actions")
    vars(module)["AN_ACTION"] = action
    monkeypatch.setitem(sys.modules, module.__name__, module)


def test_actions_in_another_app_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in_actions_of_audit(
        monkeypatch, registry.declare("customers.customer-erased", "A customer was erased")
    )

    assert [error.id for error in checks.actions_stand_in_their_own_app(None)] == ["audit.E001"]


def test_actions_in_their_own_app_are_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    _stand_in_actions_of_audit(monkeypatch, registry.declare("audit.log-verified", "The log was verified"))

    assert checks.actions_stand_in_their_own_app(None) == []


def test_actions_outside_an_actions_module_are_an_error() -> None:
    registry.declare("audit.log-verified", "The log was verified")

    assert [error.id for error in checks.actions_stand_in_their_own_app(None)] == ["audit.E001"]


def test_reactions_to_a_declared_action_are_no_error() -> None:
    registry.declare("customers.customer-erased", "A customer was erased")
    registry.on("customers.customer-erased")(lambda entry: None)

    assert checks.reactions_wait_for_declared_actions(None) == []


def test_reactions_to_an_undeclared_action_are_an_error() -> None:
    registry.on("customers.customer-erazed")(lambda entry: None)

    errors = checks.reactions_wait_for_declared_actions(None)
    assert [error.id for error in errors] == ["audit.E002"]
    assert "customers.customer-erazed" in errors[0].msg
