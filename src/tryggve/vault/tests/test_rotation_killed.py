import signal

import pytest

from tryggve.vault import (
    opening,
    rotation,
)
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs, rotating
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.tests.rotating import Firm

POINTS = [
    "vault: key.next written",
    "key.next named",
    "key.next in place",
    "vault: slots renewed",
    "vault: generation begun",
    "vault: key file replaced",
    *["vault: keys wrapped anew", "vault: batch committed"] * 4,
    "vault: former key removed",
    "vault: rotation ended",
]


def test_rotate_passes_every_point_in_order(firm: Firm) -> None:
    where = firm.where
    unlocked = opening.unlock(where)

    with rotating.passed_points() as points:
        rotation.rotate(where, unlocked)

    assert points == POINTS


@pytest.mark.parametrize("number", range(1, len(POINTS) + 1))
def test_rotation_killed_anywhere_loses_nothing_and_is_finished(firm: Firm, number: int) -> None:
    where = firm.where
    killed = programs.run(rotating.DIE_AT, where, "rotate", str(number))
    assert killed == (-signal.SIGKILL, POINTS[number - 1] + "\n")

    assert firm.all_open()
    by_passphrase = opening.open_with_passphrase(where, PASSPHRASE)
    assert opening.unlock(where).secrets == by_passphrase.secrets
    finished = rotation.resume(where, by_passphrase)

    assert set(finished.secrets) == {finished.state.generation}
    assert firm.generations() == {finished.state.generation: rotating.KEYS}
    assert finished.state.generation == (1 if number <= POINTS.index("vault: slots renewed") + 1 else 2)
    assert Keystore(where.keys).contents().former is None
    assert firm.all_open()
    assert firm.config() == ["id", "key", "service-key"]


def test_rotation_cut_off_is_finished_by_the_next_rotation(firm: Firm) -> None:
    where = firm.where
    number = POINTS.index("vault: batch committed") + 1
    assert programs.run(rotating.DIE_AT, where, "rotate", str(number))[0] == -signal.SIGKILL
    assert firm.generations() == {1: 1_502, 2: 1_000}

    rotation.rotate(where, opening.unlock(where))

    assert firm.generations() == {3: rotating.KEYS}
    assert firm.all_open()
