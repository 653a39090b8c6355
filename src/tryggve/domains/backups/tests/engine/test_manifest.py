"""What a copy holds is read as it was written; what isn't a manifest is told."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.backups.engine import manifest
from tryggve.domains.backups.engine.manifest import KeptFile, Manifest, NewerManifest, NotAManifest, Tree

_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_COUNTS = st.integers(min_value=0, max_value=2**62)
_HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
MANIFESTS = st.builds(
    Manifest,
    pair=st.uuids(),
    taken_at=st.datetimes(timezones=st.just(UTC)),
    program=_WORDS,
    vendor=st.sampled_from(["sqlite", "postgresql"]),
    migrations=st.lists(_WORDS).map(tuple),
    counts=st.dictionaries(_WORDS, _COUNTS),
    files=st.lists(st.builds(KeptFile, name=_WORDS, size=_COUNTS, sha256=_HASHES)).map(tuple),
    audit=st.none() | st.builds(Tree, epoch=_COUNTS, size=_COUNTS, root=_HASHES),
    version=st.just(manifest.VERSION),
)
ONE = Manifest(
    pair=UUID(int=1),
    taken_at=datetime(2026, 3, 2, tzinfo=UTC),
    program="1",
    vendor="sqlite",
    migrations=("setup.0001",),
    counts={"one": 2, "two": 3},
    files=(),
    audit=None,
)


@given(MANIFESTS)
def test_what_was_written_is_read(one: Manifest) -> None:
    assert manifest.read(manifest.written(one)) == one


def test_rows_are_those_of_all_tables() -> None:
    assert ONE.rows == 5


@given(st.binary(max_size=200))
def test_anything_else_is_told(content: bytes) -> None:
    with pytest.raises(NotAManifest):
        manifest.read(content)


@pytest.mark.parametrize(
    "content",
    [b"{}", b"[]", b'{"version": 1}', b'{"version": "x"}', b"[" * 100_000],
    ids=lambda one: str(one[:9]),
)
def test_json_that_is_none_is_told(content: bytes) -> None:
    with pytest.raises(NotAManifest):
        manifest.read(content)


def test_time_without_a_zone_is_told() -> None:
    content = manifest.written(ONE).replace(b"+00:00", b"")
    with pytest.raises(NotAManifest):
        manifest.read(content)


def test_newer_one_is_told_apart() -> None:
    with pytest.raises(NewerManifest):
        manifest.read(manifest.written(ONE).replace(b'"version": 1', b'"version": 2'))
