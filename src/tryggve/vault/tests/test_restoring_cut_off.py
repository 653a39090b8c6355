"""A key store whose restore was cut off is restored whole by the next try."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import opening, restoring
from tryggve.vault.tests import lost_register, programs, rotating
from tryggve.vault.tests.cast import CILLAS_DETAILS
from tryggve.vault.tests.lost_register import Lost

POINTS = [
    "vault: key written",
    "key named",
    "key in place",
    "vault: service-key written",
    "service-key named",
    "service-key in place",
    "vault: keys.sqlite3 written",
    "keys.sqlite3 named",
    "keys.sqlite3 in place",
]
DIE_AT = """
from tryggve.vault import restoring
def die(point):
    if point == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
write_points.cut_with(die)
restoring.put_back(Path(sys.argv[4]).read_bytes(), sys.stdin.read().splitlines(), where)
"""


def test_put_back_passes_every_point_in_order(lost: Lost, bare: Folders) -> None:
    with rotating.passed_points() as passed:
        restoring.put_back(lost.copied, lost.typed, bare)

    assert passed == POINTS


@pytest.mark.parametrize("point", POINTS)
def test_put_back_killed_anywhere_is_done_again(lost: Lost, bare: Folders, point: str) -> None:
    source = lost.where.run / "copy"
    source.write_bytes(lost.copied)
    killed = programs.run(DIE_AT, bare, point, str(source), typed="\n".join(lost.typed))
    assert killed == (-signal.SIGKILL, "")
    left_behind = bare.key_file.read_bytes() if bare.key_file.exists() else None

    restoring.put_back(lost.copied, lost.typed, bare)

    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert left_behind in (None, bare.key_file.read_bytes())
    assert lost_register.names(bare.config) == ["key", "service-key"]
    assert lost_register.names(bare.data) == ["keys.sqlite3", "keys.sqlite3.lock"]


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.sampled_from(POINTS), min_size=2, max_size=5))
def test_put_back_cut_off_again_and_again_ends_well(
    lost: Lost, tmp_path_factory: pytest.TempPathFactory, cuts: list[str]
) -> None:
    bare = lost_register.bare(tmp_path_factory.mktemp("new"))
    for point in cuts:
        with _cut_at(point):
            try:
                restoring.put_back(lost.copied, lost.typed, bare)
            except _Cut:
                continue

    restoring.put_back(lost.copied, lost.typed, bare)

    assert opening.open_keyring(bare).open(lost.blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert lost_register.names(bare.config) == ["key", "service-key"]
    assert lost_register.names(bare.data) == ["keys.sqlite3", "keys.sqlite3.lock"]


class _Cut(BaseException):
    """The power went."""


@contextmanager
def _cut_at(point: str) -> Iterator[None]:
    def cut(reached: str) -> None:
        if reached == point:
            raise _Cut

    write_points.cut_with(cut)
    try:
        yield
    finally:
        write_points.cut_with(None)
