"""An import cut at each of its write points: nobody sees half of it, and nothing of it stays."""

from uuid import UUID

import pytest

from tests.cast import NOW
from tryggve.accounts.policy import EVERYBODY
from tryggve.audit import selectors as audit
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Import
from tryggve.domains.customers.register_index import RegisterIndex
from tryggve.domains.customers.selectors import register
from tryggve.domains.customers.services import import_jobs, imports, staging
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add, bring_in, in_force, people, untouched

pytestmark = pytest.mark.django_db(transaction=True)

POINTS = [
    "import: keys made",
    "import: new rows staged",
    "import: changes staged",
    "import: published, not committed",
]
PLACES = range(1, len(POINTS) + 1)
LIST = people(range(4), note="ring")


@pytest.fixture
def known() -> list[tuple[object, ...]]:
    """Two of the four on the list, as they lie in the database before it is brought in."""
    bring_in(people(range(2)))
    return untouched()


def _cut(place: int) -> None:
    with power.cut_at(place):
        bring_in(LIST)


def _seen() -> tuple[dict[str, Details], int, int]:
    """What a reader elsewhere sees: the register, a search, the list."""
    with RegisterIndex().fresh() as index:
        found = len(index.find("kund", limit=9))
    page = register.customer_page(reach=EVERYBODY, number=1, actor=MACHINE, at=NOW)
    return in_force(), found, page.paginator.count


def test_import_passes_all_its_points(known: object) -> None:
    assert power.points_of(lambda: bring_in(LIST)) == POINTS


@pytest.mark.parametrize("place", PLACES, ids=POINTS)
def test_half_an_import_is_seen_by_nobody(known: object, place: int) -> None:
    before = power.elsewhere(_seen)
    _cut(place)
    assert power.elsewhere(_seen) == before
    assert power.elsewhere(lambda: Import.objects.filter(state="RUNNING").count()) == 1


@pytest.mark.parametrize("place", PLACES, ids=POINTS)
def test_nothing_of_half_an_import_stays(known: object, place: int) -> None:
    keys = power.keys_kept()
    _cut(place)
    assert import_jobs.remove_interrupted(actor="system", at=NOW) == 1
    assert untouched() == known
    own = Import.objects.get(state=Import.State.STOPPED).key_ref
    orphans = power.keys_kept() - keys - {own}
    # Keys made right before the cut have no row that names them: they open nothing, and hold nothing.
    assert len(orphans) == (2 if place == 1 else 0)
    [entry] = audit.newest_entries(limit=1)
    assert (entry.action, entry.facts["rows"]) == ("customers.import-stopped", 0 if place == 1 else 2)
    assert import_jobs.remove_interrupted(actor="system", at=NOW) == 0


@pytest.mark.parametrize("place", PLACES, ids=POINTS)
def test_list_is_brought_in_whole_after_a_cut(known: object, place: int) -> None:
    _cut(place)
    told = bring_in(LIST)
    assert (told.created, told.updated) == (2, 2)
    assert import_jobs.remove_interrupted(actor="system", at=NOW) == 0  # the next import has done it
    assert sorted(in_force()) == [f"Kund {number:05}" for number in range(4)]
    assert {details.note for details in in_force().values()} == {"ring"}
    assert Customer.objects.filter(state="ACTIVE", pending_sealed=None).count() == 4
    assert Customer.objects.count() == 4


def test_removal_that_is_itself_cut_short_is_taken_up_again(known: list[tuple[object, ...]]) -> None:
    keys = power.keys_kept()
    _cut(3)
    with power.cut_at(1):
        import_jobs.remove_interrupted(actor="system", at=NOW)
    assert power.elsewhere(lambda: sorted(in_force())) == ["Kund 00000", "Kund 00001"]
    assert import_jobs.remove_interrupted(actor="system", at=NOW) == 1
    assert (untouched(), len(power.keys_kept() - keys)) == (known, 1)


def test_removal_leaves_a_running_import_alone(known: object) -> None:
    def remove() -> None:
        assert power.elsewhere(lambda: import_jobs.remove_interrupted(actor="system", at=NOW)) == 0

    with power.at_point("import: changes staged", remove):
        bring_in(LIST)
    assert len(in_force()) == 4


def test_confirmed_import_cut_anywhere_is_completed_exactly_once(known: object) -> None:
    for place in PLACES:
        batch = _confirmed(people([0, 90 + place], note=f"ring {place}"))
        with power.cut_at(place):
            import_jobs.run_confirmed(batch=batch, at=NOW)
        assert f"Kund {90 + place:05}" not in power.elsewhere(in_force)
        import_jobs.run_confirmed(batch=batch, at=NOW)
        import_jobs.run_confirmed(batch=batch, at=NOW)
        assert in_force()[f"Kund {90 + place:05}"].note == f"ring {place}"
        assert Customer.objects.count() == 2 + place
    assert in_force()["Kund 00000"].note == "\n\n".join(f"ring {place}" for place in PLACES)
    assert [entry.action for entry in audit.newest_entries()].count("customers.imported") == 1 + len(POINTS)


def test_confirmed_import_that_was_removed_meanwhile_is_still_carried_out(known: object) -> None:
    batch = _confirmed(LIST)
    with power.cut_at(2):
        import_jobs.run_confirmed(batch=batch, at=NOW)
    import_jobs.remove_interrupted(actor="system", at=NOW)
    assert Import.objects.get(pk=batch).state == Import.State.STOPPED
    import_jobs.run_confirmed(batch=batch, at=NOW)
    assert (Import.objects.get(pk=batch).state, len(in_force())) == (Import.State.DONE, 4)


def test_import_that_fails_is_taken_away_at_once(known: list[tuple[object, ...]]) -> None:
    def fail() -> None:
        raise OSError

    keys = power.keys_kept()
    with pytest.raises(OSError), power.at_point("import: changes staged", fail):  # noqa: PT011 - any will do
        bring_in(LIST)
    assert untouched() == known
    assert len(power.keys_kept() - keys) == 1
    assert Import.objects.get(ended_at=None).state == Import.State.STOPPED


def test_removal_in_batches_takes_all(known: list[tuple[object, ...]]) -> None:
    content = people(range(2, 604))
    with power.cut_at(4):
        bring_in(content)
    [running] = Import.objects.filter(state=Import.State.RUNNING)
    assert staging.remove_staged(batch=running.pk) == 602
    assert untouched() == known


def _confirmed(content: bytes) -> UUID:
    batch = imports.preview_file(name="list.csv", content=content, source="", actor=MACHINE, at=NOW)
    imports.confirm(batch=batch, actor=MACHINE, at=NOW)
    return batch


def test_customers_added_by_hand_meanwhile_are_no_business_of_a_removal(known: object) -> None:
    _cut(2)
    [own] = add(Details(name="By hand"))
    import_jobs.remove_interrupted(actor="system", at=NOW)
    assert own in Customer.objects.values_list("pk", flat=True)
