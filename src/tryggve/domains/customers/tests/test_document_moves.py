"""Documents of a card that is made one with another, and parted from it again."""

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from tests.cast import NOW
from tryggve import vault
from tryggve.accounts.policy import EVERYBODY
from tryggve.domains.customers import routines
from tryggve.domains.customers.document_files import folder, place_of
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.models import Customer, Document, Merge
from tryggve.domains.customers.selectors import documents as selectors
from tryggve.domains.customers.services import documents, merges
from tryggve.domains.customers.services.document_moves import SealedAnew, move_documents, sealed_anew
from tryggve.domains.customers.services.records import ChangedMeanwhile
from tryggve.domains.customers.tests import power
from tryggve.domains.customers.tests.lists import MACHINE, add
from tryggve.domains.customers.tests.merging import FIRST, SECOND, merge, undo

pytestmark = pytest.mark.django_db(transaction=True)


def _add(customer: UUID, content: bytes = b"an agreement", name: str = "Avtal.txt") -> UUID:
    return documents.add_document(
        customer=customer, name=name, source=io.BytesIO(content), actor=MACHINE, at=NOW, reach=EVERYBODY
    )


def _content(customer: UUID, document: UUID) -> bytes:
    _found, pieces = selectors.document_to_hand_out(
        customer=customer, document=document, actor=MACHINE, at=NOW, reach=EVERYBODY
    )
    return b"".join(pieces)


def _files() -> set[str]:
    return {path.name for path in folder().iterdir()} if folder().is_dir() else set()


def _named() -> set[str]:
    return {file.hex for file in Document.objects.values_list("file_ref", flat=True)}


def _place() -> Path:
    return place_of(Document.objects.get().file_ref)


def _names(*customers: UUID) -> list[list[str]]:
    return [sorted(one.name for one in selectors.documents_of(customer)) for customer in customers]


def _moved(sealed: SealedAnew) -> list[UUID]:
    with transaction.atomic():
        return move_documents(sealed)


@pytest.fixture
def both() -> tuple[Customer, Customer]:
    one, other = add(FIRST, SECOND)
    return Customer.objects.get(pk=one), Customer.objects.get(pk=other)


def test_moved_document_opens_under_the_other_key_and_the_former_file_is_gone(
    both: tuple[Customer, Customer],
) -> None:
    cilla, dan = both
    first, second = _add(cilla.pk, b"first"), _add(cilla.pk, b"second")
    former = place_of(Document.objects.get(pk=first).file_ref)
    with sealed_anew(origin=cilla, target=dan, only=[first]) as sealed:
        assert _moved(sealed) == [first]
    assert (_content(dan.pk, first), _content(cilla.pk, second)) == (b"first", b"second")
    assert (former.exists(), _names(cilla.pk, dan.pk)) == (False, [["Avtal.txt"], ["Avtal.txt"]])
    vault.keyring().destroy_keys([vault.key_id_of(bytes(cilla.details_sealed))])
    assert _content(dan.pk, first) == b"first"


def test_moving_that_is_rolled_back_leaves_everything_where_it_was(both: tuple[Customer, Customer]) -> None:
    cilla, dan = both
    document, before = _add(cilla.pk), _files()
    with sealed_anew(origin=cilla, target=dan) as sealed, transaction.atomic():
        move_documents(sealed)
        transaction.set_rollback(True)
    assert (_content(cilla.pk, document), _names(dan.pk)) == (b"an agreement", [[]])
    assert _files() - before == {_place().name} - before


def test_document_goes_back_through_every_merge_it_came_through() -> None:
    cilla, dan, eva = add(FIRST, SECOND, Details(name="Eva Berg"))
    document = _add(cilla, name="cillas.txt")
    first = merge(dan, cilla)
    second = merge(eva, dan)
    assert _names(cilla, dan, eva) == [[], [], ["cillas.txt"]]
    undo(second)
    undo(first)
    assert _names(cilla, dan, eva) == [["cillas.txt"], [], []]
    assert _content(cilla, document) == b"an agreement"


def _spoil_beginning(place: Path) -> None:
    place.write_bytes(b"spoilt" * 50)


def _spoil_end(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-1] + b"?")


def _spoil_middle(place: Path) -> None:
    """It is told only when the reading comes so far."""
    content = place.read_bytes()
    place.write_bytes(content[:70_000] + b"spoilt" + content[70_006:])


@pytest.mark.parametrize("spoil", [Path.unlink, _spoil_beginning, _spoil_middle, _spoil_end])
def test_document_whose_bytes_are_lost_goes_with_the_others(spoil: Callable[[Path], object]) -> None:
    kept, gone = add(FIRST, SECOND)
    lost, file = _add(gone, b"an agreement" * 30_000), _place()
    spoil(file)
    other = _add(gone, b"there", name="b.txt")
    merged = merge(kept, gone)
    assert _names(kept, gone) == [["Avtal.txt", "b.txt"], []]
    assert _content(kept, other) == b"there"
    with pytest.raises(selectors.NoSuchDocument):
        _content(kept, lost)
    undo(merged)
    assert (_names(kept, gone), _content(gone, other)) == ([[], ["Avtal.txt", "b.txt"]], b"there")


def test_document_whose_bytes_were_lost_since_the_merge_goes_back() -> None:
    kept, gone = add(FIRST, SECOND)
    _add(gone)
    merged = merge(kept, gone)
    _place().unlink()
    undo(merged)
    assert _names(kept, gone) == [[], ["Avtal.txt"]]


def test_document_whose_bytes_were_away_opens_again_when_they_are_back() -> None:
    kept, gone = add(FIRST, SECOND)
    document, place = _add(gone), _place()
    content = place.read_bytes()
    place.unlink()
    undo(merge(kept, gone))
    place.write_bytes(content)
    assert _content(gone, document) == b"an agreement"


def test_bytes_are_sealed_before_the_transaction_begins() -> None:
    """Nobody else could write anything meanwhile, and there may be a great many of them."""
    kept, gone = add(FIRST, SECOND)
    _add(gone)
    seen: list[bool] = []

    def look(name: str) -> None:
        if name == "document: sealed anew":
            seen.append(transaction.get_connection().in_atomic_block)

    merged: list[UUID] = []
    power.watch(look, lambda: merged.append(merge(kept, gone)))
    power.watch(look, lambda: undo(merged[0]))
    assert seen == [False, False]


def test_document_added_while_the_bytes_are_sealed_is_not_left_behind() -> None:
    kept, gone = add(FIRST, SECOND)
    _add(gone)
    with (
        power.at_point("document: sealed anew", lambda: _add(gone, name="late.txt")),
        pytest.raises(ChangedMeanwhile),
    ):
        merge(kept, gone)
    assert (_names(kept, gone), Merge.objects.count()) == ([[], ["Avtal.txt", "late.txt"]], 0)
    assert _named() <= _files()
    merge(kept, gone)
    assert _names(kept, gone) == [["Avtal.txt", "late.txt"], []]


def test_document_removed_while_the_bytes_are_sealed_does_not_come_back() -> None:
    kept, gone = add(FIRST, SECOND)
    document, before = _add(gone), _files()

    def remove() -> None:
        documents.remove_document(customer=gone, document=document, actor=MACHINE, at=NOW, reach=EVERYBODY)

    with power.at_point("document: sealed anew", remove):
        merge(kept, gone)
    assert (_names(kept, gone), _files() - before) == ([[], []], set())


def test_refused_merge_leaves_no_files() -> None:
    kept, gone = add(FIRST, SECOND)
    _add(gone)
    before = _files()

    def change() -> None:
        Customer.objects.filter(pk=kept).update(revision=9)

    with power.at_point("document: sealed anew", change), pytest.raises(ChangedMeanwhile):
        merge(kept, gone, seen=(1, 1))
    assert _files() == before


def test_files_of_a_merge_that_was_cut_are_collected() -> None:
    kept, gone = add(FIRST, SECOND)
    document, before = _add(gone), _files()
    names = power.points_of(lambda: undo(merge(kept, gone)))
    place = names.index("merge: written, not committed") + 1
    before = _files()
    with power.cut_at(place):
        merge(kept, gone)
    assert len(_files() - before) == 1
    for path in folder().iterdir():
        os.utime(path, ((NOW - timedelta(days=2)).timestamp(),) * 2)
    routines.collect_documents(NOW)
    assert (_files() - before, _content(gone, document)) == (set(), b"an agreement")


def test_two_cards_with_more_documents_than_one_holds_stay_two(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, gone = add(FIRST, SECOND)
    for customer in (kept, kept, gone, gone):
        _add(customer)
    before = _files()
    monkeypatch.setattr(documents, "MOST", 3)
    with pytest.raises(merges.TooMuch, match="Nothing was changed"):
        merge(kept, gone)
    assert (_names(kept, gone), _files()) == ([["Avtal.txt"] * 2] * 2, before)
    monkeypatch.setattr(documents, "MOST", 4)
    merge(kept, gone)
    assert _names(kept, gone) == [["Avtal.txt"] * 4, []]
