"""``customers show --reveal`` and ``customers find`` with an identity number."""

import io
import json
from uuid import UUID

import pytest

from tests import commands
from tests.cast import CILLA, NOW
from tryggve.audit import details as sealed_words
from tryggve.audit import selectors as audit
from tryggve.audit.models import Entry
from tryggve.domains.customers.models import CustomField
from tryggve.domains.customers.selectors.sensitive import NoReason
from tryggve.domains.customers.tests.lists import add
from tryggve.domains.customers.tests.numbers import CILLAS, CILLAS_WRITTEN, DANS, keep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("database_in_its_place", "firm")]


def _run(*words: str) -> tuple[int, str]:
    return commands.run("customers", "customers", *words)


@pytest.fixture
def cilla() -> UUID:
    [cilla] = add(CILLA)
    field = CustomField.objects.create(name="Allergies", kind="TEXT", is_sensitive=True, made_at=NOW)
    keep(cilla, CILLAS, DANS, custom=[(str(field.pk), "nuts")])
    return cilla


def _typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def test_card_without_a_reason_tells_nothing_of_it(cilla: UUID) -> None:
    for words in (("show", str(cilla)), ("show", str(cilla), "--json")):
        status, told = _run(*words)
        assert (status, CILLA.name in told) == (0, True)
        without_id = told.replace(str(cilla), "")
        secret = (CILLAS_WRITTEN, "3234", "Allergies", "nuts", "numbers")
        assert not any(word in without_id for word in secret)


def test_reason_opens_it_in_words_and_is_kept_sealed(cilla: UUID) -> None:
    status, told = _run("show", str(cilla), "--reveal", "she asked what we keep")
    assert (status, told.splitlines()[-3:]) == (
        0,
        [f"Swedish personal number: {CILLAS_WRITTEN}", "Danish CPR number: 211062-5629", "Allergies: nuts"],
    )
    entry = audit.newest_entries(limit=1)[0]
    assert (entry.action, entry.actor.partition(":")[0], entry.subject) == (
        "customers.sensitive-viewed", "machine", cilla,
    )  # fmt: skip
    assert sealed_words.told([entry])[entry.pk].words == {"reason": "she asked what we keep"}


def test_json_has_the_kinds_and_the_fields(cilla: UUID) -> None:
    _status, told = _run("show", str(cilla), "--reveal", "invoice", "--json")
    there = json.loads(told)
    assert (there["numbers"], there["sensitive_fields"]) == (
        [
            {"kind": "se_personal", "number": CILLAS_WRITTEN},
            {"kind": "dk_personal", "number": "211062-5629"},
        ],
        {"Allergies": "nuts"},
    )


def test_reason_comes_from_standard_input(cilla: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    _typed(monkeypatch, "invoice\n")
    assert CILLAS_WRITTEN in _run("show", str(cilla), "--reveal", "-")[1]
    [entry] = audit.newest_entries(limit=1)
    assert sealed_words.told([entry])[entry.pk].words == {"reason": "invoice"}


def test_id_and_reason_do_not_both_come_from_standard_input(
    cilla: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    _typed(monkeypatch, f"{cilla}\n")
    with pytest.raises(Exception, match="Only one"):
        _run("show", "-", "--reveal", "-")


def test_without_words_in_the_reason_nothing_is_opened(cilla: UUID) -> None:
    with pytest.raises(NoReason):
        _run("show", str(cilla), "--reveal", "  ")
    assert not Entry.objects.filter(action="customers.sensitive-viewed").exists()


def test_nothing_kept_is_an_empty_list() -> None:
    [cilla] = add(CILLA)
    there = json.loads(_run("show", str(cilla), "--reveal", "invoice", "--json")[1])
    assert (there["numbers"], there["sensitive_fields"]) == ([], {})


def test_find_takes_a_whole_number(cilla: UUID) -> None:
    status, told = _run("find", CILLAS_WRITTEN)
    assert (status, str(cilla) in told) == (0, True)
    assert "3234" not in told.replace(str(cilla), "")
    assert "customers.number-searched" in {entry.action for entry in audit.newest_entries(limit=2)}
