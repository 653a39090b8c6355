import signal
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import keyfile_replacing, opening, recovery, shares, unlockers
from tryggve.vault.keystore import Keystore
from tryggve.vault.recovery import Kit
from tryggve.vault.tests import programs, vector_files
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=90)
DIE_AT = """
from datetime import UTC, datetime
from tryggve.vault import recovery
from tryggve.vault.keystore import Keystore
def die(point):
    if point == sys.argv[4]:
        os.kill(os.getpid(), signal.SIGKILL)
store, now = Keystore(where.keys), datetime(2026, 3, 2, tzinfo=UTC)
unlocked = opening.unlock(where)
write_points.cut_with(die)
if sys.argv[3] == "make":
    recovery.make_kit(store=store, unlocked=unlocked, now=now)
else:
    recovery.test_kit(sys.stdin.read().splitlines(), store=store, now=now)
"""


@pytest.fixture
def store(where: Folders, ring: vault.Keyring) -> Keystore:
    return Keystore(where.keys)


def test_make_kit_gives_three_shares_that_count_only_when_tested(where: Folders, store: Keystore) -> None:
    kit = _make(where)

    assert (kit.number, kit.made_at, [len(share) for share in kit.shares]) == (1, NOW, [33] * 3)
    assert _kits(store) == [(1, False, None)]
    assert recovery.test_kit(_typed(kit, 0, 2), store=store, now=LATER) == 1
    assert _kits(store) == [(1, True, LATER)]


def test_register_whose_key_file_was_deleted_opens_with_two_shares(
    where: Folders, ring: vault.Keyring
) -> None:
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    kit = _make(where)
    where.key_file.unlink()
    with pytest.raises(vault.KeyFileMissing):
        opening.unlock(where)

    opened = opening.open_with_kit(where, _typed(kit, 1, 2))
    keyfile_replacing.renew_key_file(where, unlocked=opened, now=NOW)

    assert opening.open_keyring(where).open(blob, bound_to=CILLAS_DETAILS) == b"hello"


def test_new_kit_ends_the_old_one_only_when_tested(where: Folders, store: Keystore) -> None:
    """So the owner is never without a kit that was tried."""
    old = _make(where)
    recovery.test_kit(_typed(old, 0, 1), store=store, now=NOW)
    new = _make(where)

    assert _kits(store) == [(1, True, NOW), (2, False, None)]
    assert opening.open_with_kit(where, _typed(old, 0, 1))
    recovery.test_kit(_typed(new, 0, 1), store=store, now=LATER)

    assert _kits(store) == [(2, True, LATER)]
    with pytest.raises(recovery.KitUnknown):
        opening.open_with_kit(where, _typed(old, 0, 1))
    assert opening.open_with_kit(where, _typed(new, 0, 1))


def test_old_kit_tested_again_leaves_the_new_one(where: Folders, store: Keystore) -> None:
    old = _make(where)
    recovery.test_kit(_typed(old, 0, 1), store=store, now=NOW)
    _make(where)

    recovery.test_kit(_typed(old, 0, 1), store=store, now=LATER)

    assert _kits(store) == [(1, True, LATER), (2, False, None)]


def test_kit_never_tested_is_forgotten_for_the_next(where: Folders, store: Keystore) -> None:
    first, second = _make(where), _make(where)

    assert _kits(store) == [(2, False, None)]
    with pytest.raises(recovery.KitUnknown):
        recovery.test_kit(_typed(first, 0, 1), store=store, now=NOW)
    assert recovery.test_kit(_typed(second, 0, 1), store=store, now=NOW) == 2


def test_numbers_of_kits_are_never_used_again(where: Folders, store: Keystore) -> None:
    """A page with the number 1 on it must not look like the newest."""
    _make(where)
    (kit,) = (way for way in unlockers.unlockers(store) if way.kind == "recovery-kit")
    unlockers.remove_unlocker(kit.id, store=store, files=opening.files_there(where))

    assert _make(where).number == 2


def test_kit_of_another_register_is_unknown(where: Folders, store: Keystore) -> None:
    _make(where)
    (other, *_) = vector_files.of("kit")

    with pytest.raises(recovery.KitUnknown):
        recovery.test_kit(other["shares"][:2], store=store, now=NOW)
    with pytest.raises(recovery.KitUnknown):
        opening.open_with_kit(where, other["shares"][:2])


def test_one_share_opens_nothing(where: Folders, store: Keystore) -> None:
    kit = _make(where)

    with pytest.raises(shares.TooFewShares):
        opening.open_with_kit(where, _typed(kit, 1))


def test_kit_is_not_made_with_keys_that_were_locked_meanwhile(where: Folders, store: Keystore) -> None:
    unlocked = opening.unlock(where)
    store.bump_lock()

    with pytest.raises(vault.KeysChanging):
        recovery.make_kit(store=store, unlocked=unlocked, now=NOW)
    assert _kits(store) == []


def test_kit_prints_no_word_and_leaves_none_on_the_disk(where: Folders, store: Keystore) -> None:
    kit = _make(where)
    recovery.test_kit(_typed(kit, 0, 1), store=store, now=NOW)
    pairs = {f"{one} {other}" for share in kit.shares for one, other in pairwise(share)}
    raw = b"".join(path.read_bytes() for path in where.data.rglob("*") if path.is_file())

    assert len(pairs) > 60
    assert [pair for pair in pairs if pair.encode() in raw or pair in repr(kit)] == []


@pytest.mark.parametrize(
    ("deed", "point"), [("make", "vault: kit slot written"), ("test", "vault: kit counted")]
)
def test_kit_killed_in_its_transaction_leaves_the_old_one(
    where: Folders, store: Keystore, deed: str, point: str
) -> None:
    old = _make(where)
    recovery.test_kit(_typed(old, 0, 1), store=store, now=NOW)
    typed = _typed(_make(where), 0, 1) if deed == "test" else []
    before = _kits(store)
    assert before[0] == (1, True, NOW)

    status, printed = programs.run(DIE_AT, where, deed, point, typed="\n".join(typed))

    assert (status, printed) == (-signal.SIGKILL, "")
    assert _kits(store) == before
    assert opening.open_with_kit(where, _typed(old, 1, 2))


def test_two_kits_have_nothing_in_common(where: Folders, store: Keystore) -> None:
    first, second = _make(where), _make(where)

    assert replace(first, number=2).shares != second.shares
    assert len({" ".join(share) for kit in (first, second) for share in kit.shares}) == 6


def _make(where: Folders) -> Kit:
    return recovery.make_kit(store=Keystore(where.keys), unlocked=opening.unlock(where), now=NOW)


def _typed(kit: Kit, *numbers: int) -> list[str]:
    return [" ".join(kit.shares[number]) for number in numbers]


def _kits(store: Keystore) -> list[tuple[int | None, bool, datetime | None]]:
    found = unlockers.unlockers(store)
    return [(way.number, way.counts, way.tested_at) for way in found if way.kind == "recovery-kit"]
