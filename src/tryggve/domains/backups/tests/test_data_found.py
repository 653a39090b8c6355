"""Which copy is put back, of those that a place holds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tryggve.domains.backups.engine import manifest
from tryggve.domains.backups.engine.manifest import Manifest
from tryggve.domains.backups.place_access import Access
from tryggve.domains.backups.restic import Place, Repository
from tryggve.domains.backups.selectors.places import PlaceInUse
from tryggve.domains.backups.services.restoring import data_found
from tryggve.domains.backups.services.restoring.data_found import Answer, DataPlace
from tryggve.domains.backups.words import restoring as words

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
OURS = Manifest(uuid4(), AT, "0.1.0", "sqlite", ("sessions.0001_initial",), {}, (), None)


@pytest.fixture
def answered(tmp_path: Path) -> Callable[..., Answer]:
    """A place with a copy for each of these manifests, the oldest first."""
    repository = Repository(Place(str(tmp_path / "place")), "a password", tmp_path / "cache")
    repository.make()
    access = Access(str(tmp_path))
    place = PlaceInUse(uuid4(), "FOLDER", "Far place", True, False, False, True, "SE", access)

    def answer(*manifests: bytes, homes: Sequence[int] = ()) -> Answer:
        for number, content in enumerate(manifests):
            copy = tmp_path / str(number) / "backups" / "copy"
            copy.mkdir(parents=True)
            (copy / "manifest.json").write_bytes(content)
            tags = ["data", f"home={homes[number] if homes else 0}"]
            repository.backup([Path()], folder=tmp_path / str(number), tags=tags)
        return data_found.ask(DataPlace(place, repository))

    return answer


def test_newest_copy_is_chosen_unless_another_is_named(answered: Callable[..., Answer]) -> None:
    first, last = OURS, replace(OURS, pair=uuid4())
    answer = answered(manifest.written(first), manifest.written(last))
    assert data_found.choose(answer).manifest == last
    assert data_found.choose(answer, snapshot=answer.copies[0].id[:8]).manifest == first
    between = answer.copies[0].taken_at + timedelta(microseconds=1)
    assert data_found.choose(answer, at=between).manifest == first
    for wish in ({"snapshot": "0000"}, {"at": AT - timedelta(days=9000)}):
        with pytest.raises(data_found.NoSuchCopy):
            data_found.choose(answer, **wish)


def test_copy_of_a_computer_that_lost_the_register_is_not_the_newest(answered: Callable[..., Answer]) -> None:
    ours, theirs = replace(OURS, pair=uuid4()), OURS
    answer = answered(manifest.written(ours), manifest.written(theirs), homes=(2, 1))
    assert data_found.choose(answer).manifest == ours


def test_copy_of_a_newer_program_is_refused_in_words(answered: Callable[..., Answer]) -> None:
    newer = replace(OURS, migrations=("customers.0099_future",), program="9.1")
    with pytest.raises(data_found.NewerCopy, match=r"newer Tryggve \(9\.1\)"):
        data_found.choose(answered(manifest.written(newer)))


def test_copy_that_tells_nothing_of_itself_is_damaged(answered: Callable[..., Answer]) -> None:
    with pytest.raises(data_found.CopyDamaged):
        data_found.choose(answered(b"{}"))


def test_place_that_does_not_answer_says_why(tmp_path: Path) -> None:
    repository = Repository(Place(str(tmp_path / "nowhere")), "a password", tmp_path / "cache")
    place = PlaceInUse(uuid4(), "FOLDER", "Disk", True, False, False, True, "SE", Access(str(tmp_path)))
    answer = data_found.ask(DataPlace(place, repository))
    assert (list(answer.copies), answer.cause) == ([], "there is no repository of Tryggve's")


def test_copy_that_is_dated_ahead_is_told_loudly(answered: Callable[..., Answer]) -> None:
    """The newest by its date isn't the newest by what is in it, where a clock was fast once."""
    chosen = data_found.choose(answered(manifest.written(OURS)))
    told = [words.data(chosen, now=at) for at in (AT, AT - timedelta(days=300))]
    assert ["yet to come" in one for one in told] == [False, True]
