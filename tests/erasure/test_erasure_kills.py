"""Processes that are really killed at every step of an erasure: afterwards it is not begun, or completed."""

import signal
from datetime import datetime
from io import BytesIO
from uuid import UUID

import pytest

from tests.cast import CILLA, DAN, NOW
from tests.erasure import beside
from tests.erasure.child import IN_THE_KEY_STORE
from tests.erasure.erasing import AFTER, ANNA, ask, buried, erase, state_of
from tests.retention.keeping import keep_by_law
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.document_files import place_of
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Document, Import, Merge, Note
from tryggve.domains.customers.services import documents, notes, undo_jobs
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.holding import needles_in
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, csv_of, in_force
from tryggve.domains.customers.tests.merging import merge
from tryggve.domains.rights.models import Erasure, KeptByLaw, Suppression
from tryggve.domains.rights.services import erasure_clock
from tryggve.domains.rights.services.destruction import destroying
from tryggve.domains.rights.services.retention import keeping_by_law

pytestmark = [pytest.mark.process, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]

POINTS = [
    "erasure: marked",
    "customer: taken out of a list",
    "customer: an import has another key",
    "customer: taken out of lists",
    "customer: images sealed anew",
    "customer: key destroyed",
    "erasure: written, not committed",
    "erasure: done",
]
BO = "Bo Ek;bo@example.se;;;43"


def _run(deed: str, at: datetime, point: str, *words: str) -> int:
    return beside.run(deed, at, point, *words)[0]


@pytest.fixture
def cilla() -> UUID:
    """With a note, a document, a card merged into hers, an image for an undo in one list, and rows in another."""
    cilla, _dan, guest = add(CILLA, DAN, Details(name="Cilla as a guest"))
    merge(cilla, guest)
    notes.add_note(customer=cilla, text="Ring her", actor=ANNA, at=NOW, reach=EVERYBODY)
    documents.add_document(
        customer=cilla, name="a.txt", source=BytesIO(b"hers"), actor=ANNA, at=NOW, reach=EVERYBODY
    )
    bring_in(csv_of("Cilla Åkerström;cilla@example.se;;tea", "Dan Sørensen;dan@example.dk;;coffee"))
    bring_in(csv_of(BO, "Cilla Åkerström;cilla@;070-174 06 05", "Dan Sørensen;dan@;+45 20 12 34 56"))
    return cilla


def test_erasure_passes_its_points(cilla: UUID) -> None:
    ask(cilla)
    passed = power.points_of(lambda: destroying.destroy_due(at=AFTER))
    assert list(dict.fromkeys(passed)) == POINTS


@pytest.mark.parametrize("point", [*POINTS, IN_THE_KEY_STORE])
def test_erasure_killed_anywhere_is_completed_by_the_next_start(cilla: UUID, point: str) -> None:
    key = vault.key_id_of(bytes(Customer.objects.get(pk=cilla).details_sealed))
    lists = set(Import.objects.values_list("key_ref", flat=True))
    [hers] = map(place_of, Document.objects.values_list("file_ref", flat=True))
    erasure = ask(cilla)

    assert _run("destroy", AFTER, point) == -signal.SIGKILL
    # The key and the entry in the ledger go together.
    assert (key in power.keys_kept()) == (cilla not in buried())
    destroying.replay_ledger(at=AFTER)
    destroying.destroy_due(at=AFTER)

    assert (state_of(cilla), key in power.keys_kept(), buried().count(cilla)) == (None, False, 1)
    assert lists.isdisjoint(power.keys_kept())
    assert [one.objects.count() for one in (Note, Document, Merge)] == [0, 0, 0]
    assert not Customer.objects.filter(state=Customer.State.MERGED).exists()
    assert not hers.exists()
    row = Erasure.objects.get(pk=erasure)
    assert (row.state, row.destroyed_at, row.outcome["erased"]["customers.register"]) == (
        Erasure.State.DESTROYED,
        AFTER,
        1,
    )
    told = [one.action for one in audit.entries_about(cilla) if one.action.startswith("rights.erased")]
    assert len(told) == 1
    _assert_others_are_whole()


def _assert_others_are_whole() -> None:
    assert sorted(in_force()) == ["Bo Ek", DAN.name]
    for batch in Import.objects.all():
        assert (needles_in(batch.pk), batch.former_key_ref) == ([], None)
        if batch.leftovers_sealed and batch.result_sealed:
            assert vault.key_id_of(bytes(batch.leftovers_sealed)) == batch.key_ref


@pytest.mark.parametrize("point", ["erasure: put aside, not committed", "erasure: put aside"])
def test_asking_killed_anywhere_has_happened_or_has_not(cilla: UUID, point: str) -> None:
    assert _run("ask", NOW, point, str(cilla)) == -signal.SIGKILL
    is_asked = not point.endswith("not committed")
    assert (state_of(cilla) == Customer.State.PUT_ASIDE) == is_asked
    assert (Erasure.objects.count(), Suppression.objects.count()) == ((1, 4) if is_asked else (0, 0))


def test_end_of_what_the_law_demands_killed_half_way_is_finished_by_the_next_round(cilla: UUID) -> None:
    keep_by_law(cilla)
    [key] = KeptByLaw.objects.values_list("key_ref", flat=True)
    erase(cilla)
    long_after = NOW.replace(year=2033)
    erasure_clock.confirm(actor=ANNA, at=long_after)

    assert _run("let go", long_after, "kept by law: keys destroyed") == -signal.SIGKILL

    assert (KeptByLaw.objects.count(), key in power.keys_kept()) == (1, False)
    assert (keeping_by_law.let_go(at=long_after), KeptByLaw.objects.count()) == (1, 0)


def test_replay_killed_half_way_is_done_by_the_next_start(cilla: UUID) -> None:
    copy = Customer.objects.get(pk=cilla)
    erase(cilla)
    copy.save(force_insert=True)

    assert _run("replay", AFTER, "erasure: replayed, not committed") == -signal.SIGKILL
    assert state_of(cilla) == Customer.State.ACTIVE
    assert destroying.replay_ledger(at=AFTER) == 1
    assert state_of(cilla) is None


def test_list_that_held_others_too_can_still_be_taken_back(cilla: UUID) -> None:
    first = Import.objects.order_by("pk").values_list("pk", flat=True).first()
    assert (in_force()[DAN.name].note, first is not None) == ("coffee", True)
    erase(cilla)

    undo_jobs.order_undo(batch=UUID(str(first)), is_used_too=True, actor=MACHINE, at=AFTER)
    undo_jobs.run_ordered(batch=UUID(str(first)), at=AFTER)

    assert sorted(in_force()) == ["Bo Ek", DAN.name]
    assert in_force()[DAN.name].note == ""
