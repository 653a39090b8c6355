"""What doctor says of text in pictures."""

import pytest

from tests.cast import NOW
from tryggve.domains.datamap import findings
from tryggve.domains.datamap.models import Source
from tryggve.lib import folders
from tryggve.lib.ids import new_id

pytestmark = pytest.mark.django_db


def _add_place(*, is_removed: bool = False) -> None:
    Source.objects.create(
        kind=Source.Kind.FOLDER,
        key_ref=new_id(),
        told_sealed=b"",
        added_at=NOW,
        removed_at=NOW if is_removed else None,
    )


def _verdict() -> str:
    return findings.text_in_pictures(folders.current()).verdict


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "_FOR_PICTURES", ("no_such_module",))


def test_what_reads_pictures_is_installed_here() -> None:
    _add_place()
    assert _verdict() == "good"


@pytest.mark.usefixtures("not_installed")
def test_pictures_that_nobody_reads_are_a_warning_once_a_place_is_looked_through() -> None:
    before = _verdict()
    _add_place(is_removed=True)
    removed = _verdict()
    _add_place()
    assert (before, removed, _verdict()) == ("good", "good", "warning")
