import json
from dataclasses import replace
from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.models import User
from tryggve.audit import selectors as audit
from tryggve.lib.errors import Refusal
from tryggve.lib.ids import new_id
from tryggve.privacy import registry
from tryggve.privacy import services as privacy
from tryggve.privacy.subjects import Kind, Subject
from tryggve.privacy.tests.planted import RULE, Notes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_holdings")]
ANNA = f"user:{new_id()}"
CILLA, DAN = Subject(Kind.CUSTOMER, new_id()), Subject(Kind.CUSTOMER, new_id())


@pytest.fixture
def notes() -> Notes:
    """Something is written about Cilla and about Dan."""
    return Notes({CILLA.id: "Likes mornings.", DAN.id: "Has a dog."})


def _told(subject: Subject) -> list[tuple[str, str]]:
    return [(entry.action, entry.actor) for entry in audit.entries_about(subject.id)]


def test_export_holds_every_part_of_that_person_alone(notes: Notes) -> None:
    registry.register(notes.holding())
    export = privacy.export_person(CILLA, actor=ANNA, at=NOW)

    assert (export.subject, export.made_at) == (CILLA, NOW)
    assert [(held.code, held.retention) for held in export.held] == [("privacy.notes", RULE)]
    assert [value.content for part in export.held[0].parts for value in part.values] == ["Likes mornings."]
    assert _told(CILLA) == [("privacy.exported", ANNA)]


def test_export_reads_the_same_after_json(notes: Notes) -> None:
    registry.register(notes.holding())
    export = privacy.export_person(CILLA, actor=ANNA, at=NOW).to_json()

    assert json.loads(json.dumps(export)) == {
        "subject": {"kind": "customer", "id": str(CILLA.id)},
        "made_at": "2026-03-02T08:00:00+00:00",
        "held": [
            {
                "code": "privacy.notes",
                "title": "Notes",
                "kept_until": "the order is delivered",
                "kept_for": "P6M",
                "legal_basis": "GDPR art. 6(1)(b)",
                "parts": [
                    {
                        "code": "note",
                        "title": "Note",
                        "since": "2026-03-02T08:00:00+00:00",
                        "source": "told by phone",
                        "values": [{"code": "text", "title": "Text", "content": "Likes mornings."}],
                    }
                ],
            }
        ],
    }


def test_export_of_another_kind_asks_no_holding_of_this(notes: Notes) -> None:
    registry.register(notes.holding())
    assert privacy.export_person(Subject(Kind.STAFF, CILLA.id), actor=ANNA, at=NOW).held == []


def test_erasure_runs_every_eraser_and_is_told_once(notes: Notes) -> None:
    letters = Notes({CILLA.id: "Dear Cilla"})
    registry.register(notes.holding("privacy.notes"))
    registry.register(letters.holding("privacy.letters"))

    assert privacy.erase_person(CILLA, actor=ANNA, at=NOW) == {"privacy.notes": 1, "privacy.letters": 1}
    assert (notes.kept, letters.kept) == ({DAN.id: "Has a dog."}, {})
    assert _told(CILLA) == [("privacy.erased", ANNA)]


def test_second_erasure_finds_nothing_and_is_not_told(notes: Notes) -> None:
    registry.register(notes.holding())
    privacy.erase_person(CILLA, actor=ANNA, at=NOW)

    assert privacy.erase_person(CILLA, actor=ANNA, at=NOW) == {"privacy.notes": 0}
    assert _told(CILLA) == [("privacy.erased", ANNA)]


def test_eraser_that_refuses_undoes_what_another_wrote(anna: User) -> None:
    def rename(person: UUID) -> int:
        return User.objects.update(name="")

    def refuse(person: UUID) -> int:
        raise Refusal

    for code, eraser in (("privacy.notes", rename), ("privacy.letters", refuse)):
        registry.register(replace(Notes().holding(code), erase=eraser))
    with pytest.raises(Refusal):
        privacy.erase_person(CILLA, actor=ANNA, at=NOW)
    assert (User.objects.get().name, _told(CILLA)) == ("Anna Ek", [])


def test_what_lies_outside_is_told_of_each_holding_that_can_be_opened(notes: Notes) -> None:
    def closed(_person: UUID) -> list[str]:
        raise vault.CannotOpen

    registry.register(replace(notes.holding("privacy.closed"), outside=closed))
    registry.register(replace(notes.holding("privacy.papers"), outside=lambda person: [f"/papers/{person}"]))
    registry.register(notes.holding())
    assert privacy.outside(CILLA) == [f"/papers/{CILLA.id}"]
