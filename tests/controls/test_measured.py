"""Which controls this version measures itself; and that each of them was seen to fail when its protection is off."""

from pathlib import Path

import pytest

from tests.cast import NOW
from tools import tree
from tryggve.controls import catalogue, registry, turns
from tryggve.controls.models import Probe

MEASURED = frozenset(
    {
        "ACC-01", "ACC-02", "ACC-03", "AUT-02", "AUT-03", "AUT-04", "BAK-01", "BAK-02", "BAK-03", "BAK-04", "CRY-01",
        "CRY-02", "CRY-03", "DAT-01", "DAT-02", "DAT-03", "DAT-04", "DAT-05", "GOV-01", "GOV-02", "GOV-04", "INC-03",
        "MAI-01", "MON-02", "POL-02", "POL-03", "WEB-01",
    }
)  # fmt: skip

# What takes much of a small computer lets the first minutes of a new company pass.
WAITS = {"ACC-01", "ACC-03", "AUT-02", "CRY-01", "DAT-01", "DAT-02", "DAT-03", "POL-02"}


def _tests_of(control: str) -> list[Path]:
    name = control.lower().replace("-", "_")
    return sorted(tree.ROOT.glob(f"src/tryggve/domains/*/tests/**/test_{name}*.py")) + sorted(
        tree.ROOT.glob(f"tests/**/test_{name}*.py")
    )


def test_measured_are_those_that_the_product_says_it_measures() -> None:
    assert frozenset(registry.measures()) == MEASURED


def test_every_measured_control_is_in_the_catalogue() -> None:
    assert {one.id for one in catalogue.controls()} >= MEASURED


@pytest.mark.parametrize("control", sorted(MEASURED))
def test_every_measured_control_has_tests_that_break_it(control: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in _tests_of(control))
    assert "failing" in text.lower() or "measured.outcome(" in text
    assert "attest" in text or "NotAttestable" in text


@pytest.mark.django_db
def test_what_takes_much_waits_until_the_first_minutes_are_over() -> None:
    turns.plan(now=NOW)
    due = dict(Probe.objects.values_list("control", "due_at"))
    assert {id for id, at in due.items() if at > NOW} == WAITS
    assert {due[id] - NOW for id in WAITS} == {registry.measures()["CRY-01"].waits}
