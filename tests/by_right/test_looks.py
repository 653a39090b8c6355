"""Whoever looks at a customer's data is told to the customer, however much else happened since."""

import ast
import importlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

import tryggve
from tests.by_right.asking import BY, asked, cilla, known
from tests.cast import NOW
from tests.erasure.erasing import ANNA
from tryggve.audit import services as audit
from tryggve.domains.customers import actions as customers
from tryggve.domains.rights.selectors import looks
from tryggve.domains.rights.selectors.portal import portal
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services import packages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("firm")]

_HOME = Path(tryggve.__file__).parent
# A customer's own reading.
NO_LOOKS = {"rights.portal-read"}


def _look(customer: UUID) -> None:
    audit.look(customers.VIEWED, actor=ANNA, at=NOW, subject=customer, page="card", notes=0, relations=0)


def _told(customer: UUID) -> list[str]:
    return [str(one.what) for one in portal.who_has_looked(customer, at=NOW)]


def test_look_is_told_after_a_thousand_other_things_that_happened() -> None:
    customer = cilla()
    _look(customer)
    for minute in range(1_001):
        portal.note(customer, "data", at=NOW + timedelta(minutes=minute))
    assert _told(customer) == ["A customer's details were read"]


def test_reading_a_request_and_fetching_a_package_are_told() -> None:
    customer = cilla()
    case = known(asked(customer))
    cases.whole_case(case=case, **BY)
    packages.make_now(case=case, language="en", **BY)
    packages.hand_out(case=case, reason="on a stick", **BY)
    assert _told(customer)[0] == "A package was handed out"
    assert "A request was read" in _told(customer)


def test_every_look_that_is_written_about_one_person_is_told_to_that_person() -> None:
    assert set(_codes_of_looks()) - NO_LOOKS == looks.LOOKS


def test_customer_and_who_has_left_are_told_in_words_in_the_package() -> None:
    customer = cilla()
    portal.note(customer, "data", at=NOW)
    _look(customer)  # by an account that isn't there
    assert {one.role for one in looks.looks_at(customer, language="sv")} >= {
        "du själv",
        "någon som har slutat",
    }
    assert {one.role for one in looks.looks_at(customer, language="da")} >= {
        "dig selv",
        "en, der er holdt op",
    }


def _codes_of_looks() -> Iterator[str]:
    """The codes of all that ``audit.look`` is called with beside a subject."""
    for path in _HOME.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for call in filter(_is_look, ast.walk(ast.parse(path.read_text()))):
            assert isinstance(call, ast.Call)
            if any(one.arg == "subject" for one in call.keywords):
                yield _code(path, call.args[0])


def _is_look(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.look"


def _code(path: Path, action: ast.expr) -> str:
    """As the module itself names it."""
    module = ".".join(("tryggve", *path.relative_to(_HOME).with_suffix("").parts))
    there: object = importlib.import_module(module)
    for name in ast.unparse(action).split("."):
        there = getattr(there, name)
    return str(there.code)  # type: ignore[attr-defined]  # an action
