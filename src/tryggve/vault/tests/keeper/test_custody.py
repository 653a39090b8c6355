import threading

import pytest

from tryggve import vault
from tryggve.lib import write_points
from tryggve.lib.folders import Folders
from tryggve.vault import opening, passphrase, unlockers
from tryggve.vault.keeper.attempts import MOST_FAILURES, TooManyAttempts
from tryggve.vault.keeper.custody import Custody
from tryggve.vault.keeper.sheets import SheetGone
from tryggve.vault.keys import Keyring
from tryggve.vault.keystore import Keystore
from tryggve.vault.recovery import KitUnknown
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS
from tryggve.vault.tests.cheap import PASSPHRASE
from tryggve.vault.unlocking import Unlocked

NOW = "2026-11-22T08:00:00+00:00"


def _is_locked(custody: Custody) -> bool:
    locked: bool = custody.answer("status", {})["is_locked"]
    return locked


def _words(custody: Custody, number: int) -> list[str]:
    """All three pages, each put away after it was read."""
    words = []
    for share in (1, 2, 3):
        page = {"number": number, "share": share, "by": "user:anna"}
        words.append(" ".join(custody.answer("sheet", page)["words"]))
        custody.answer("put-sheet-away", page)
    return words


def test_custody_gives_the_keys_that_the_key_file_opens(custody: Custody, where: Folders) -> None:
    assert Unlocked.from_facts(custody.answer("keys", {})) == opening.unlock(where)


def test_locked_custody_gives_no_keys_until_the_passphrase(custody: Custody, where: Folders) -> None:
    before = Keystore(where.keys).state()
    custody.answer("lock", {})
    assert (_is_locked(custody), Keystore(where.keys).state().lock_count) == (True, before.lock_count + 1)
    with pytest.raises(vault.NotUnlocked):
        custody.answer("keys", {})

    with pytest.raises(passphrase.PassphraseWrong):
        custody.answer("unlock", {"by": "user:anna", "passphrase": "korrekt häst batteri"})
    assert _is_locked(custody)
    custody.answer("unlock", {"by": "user:anna", "passphrase": PASSPHRASE})
    assert (_is_locked(custody), custody.answer("keys", {})) == (False, opening.unlock(where).facts())


def _guess(custody: Custody, *, by: str, times: int) -> None:
    for _try in range(times):
        with pytest.raises(passphrase.PassphraseWrong):
            custody.answer("unlock", {"by": by, "passphrase": "a wrong one altogether"})


def test_wrong_passphrases_make_even_the_right_one_wait(custody: Custody) -> None:
    custody.answer("lock", {})
    _guess(custody, by="user:mallory", times=MOST_FAILURES)
    with pytest.raises(TooManyAttempts):
        custody.answer("unlock", {"by": "user:mallory", "passphrase": PASSPHRASE})
    assert _is_locked(custody)


@pytest.mark.parametrize("other", ["user:anna", "machine:anna"])
def test_wrong_passphrases_of_one_keep_no_other_out(custody: Custody, other: str) -> None:
    custody.answer("lock", {})
    _guess(custody, by="user:bo", times=MOST_FAILURES)
    custody.answer("unlock", {"by": other, "passphrase": PASSPHRASE})
    assert not _is_locked(custody)


def test_own_kit_tried_between_guesses_gives_no_more_of_them(custody: Custody) -> None:
    number = custody.answer("make-kit", {"now": NOW, "by": "user:bo"})["number"]
    pages = []
    for share in (1, 2):
        page = {"number": number, "share": share, "by": "user:bo"}
        pages.append(" ".join(custody.answer("sheet", page)["words"]))
        custody.answer("put-sheet-away", page)
    _guess(custody, by="user:bo", times=MOST_FAILURES - 1)
    custody.answer("test-kit", {"shares": pages, "by": "user:bo", "now": NOW})
    custody.answer("unlock", {"shares": pages, "by": "user:bo"})
    _guess(custody, by="user:bo", times=1)
    with pytest.raises(TooManyAttempts):
        custody.answer("unlock", {"by": "user:bo", "passphrase": PASSPHRASE})


def test_two_pages_of_another_kit_are_counted_where_a_kit_is_tried_and_where_it_opens(
    custody: Custody,
) -> None:
    number = custody.answer("make-kit", {"now": NOW, "by": "user:anna"})["number"]
    gone = _words(custody, number)[:2]
    custody.answer("make-kit", {"now": NOW, "by": "user:anna"})
    for verb in ("unlock", "test-kit", "unlock", "test-kit", "unlock"):
        with pytest.raises(KitUnknown):
            custody.answer(verb, {"shares": gone, "by": "user:anna", "now": NOW})
    with pytest.raises(TooManyAttempts):
        custody.answer("test-kit", {"shares": gone, "by": "user:anna", "now": NOW})


@pytest.mark.parametrize(
    "verb", ["rotate", "renew-key-file", "add-passphrase", "remove-unlocker", "make-kit"]
)
def test_locked_custody_changes_nothing(custody: Custody, where: Folders, verb: str) -> None:
    custody.answer("lock", {})
    before = Keystore(where.keys).contents()
    facts = {
        "now": NOW,
        "by": "user:anna",
        "passphrase": "another long passphrase",
        "id": str(before.slots[0].id),
    }
    with pytest.raises(vault.NotUnlocked):
        custody.answer(verb, facts)
    assert Keystore(where.keys).contents() == before


def test_register_locked_past_the_custody_is_locked_for_it_too(custody: Custody, where: Folders) -> None:
    Keystore(where.keys).bump_lock()
    with pytest.raises(vault.NotUnlocked):
        custody.answer("keys", {})
    assert custody._held is None


def test_rotation_goes_on_under_the_new_key(custody: Custody, where: Folders) -> None:
    before = custody.answer("keys", {})
    custody.answer("rotate", {})
    after = custody.answer("keys", {})
    assert (after["generation"], set(after["secrets"])) == (before["generation"] + 1, {"2"})
    assert after == opening.unlock(where).facts()


def test_keys_are_given_out_while_a_rotation_goes_on(
    custody: Custody, where: Folders, ring: vault.Keyring
) -> None:
    """Everybody asks anew when it begins, and many keys take seconds."""
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    opened: list[bytes] = []

    def ask_meanwhile(point: str) -> None:
        if point != "vault: keys wrapped anew" or opened:
            return
        other = Keyring(Keystore(where.keys), lambda: Unlocked.from_facts(custody.answer("keys", {})).keys())
        asking = threading.Thread(target=lambda: opened.append(other.open(blob, bound_to=CILLAS_DETAILS)))
        asking.start()
        asking.join(timeout=20)

    write_points.cut_with(ask_meanwhile)
    try:
        custody.answer("rotate", {})
    finally:
        write_points.cut_with(None)
    assert opened == [b"hello"]


def test_register_locked_during_a_rotation_stays_locked_and_the_next_unlocking_finishes(
    custody: Custody, where: Folders, ring: vault.Keyring
) -> None:
    ring.create_keys([CILLA])
    locked: list[str] = []

    def lock_meanwhile(point: str) -> None:
        if point == "vault: batch committed" and not locked:
            locked.append(point)
            Keystore(where.keys).bump_lock()

    write_points.cut_with(lock_meanwhile)
    try:
        with pytest.raises(vault.KeysChanging):
            custody.answer("rotate", {})
    finally:
        write_points.cut_with(None)
    assert (_is_locked(custody), Keystore(where.keys).contents().former is None) == (True, False)
    custody.answer("unlock", {"by": "user:anna", "passphrase": PASSPHRASE})
    assert (_is_locked(custody), Keystore(where.keys).contents().former) == (False, None)


def test_kit_is_printed_tried_and_then_opens_a_folder_whose_key_file_is_gone(
    custody: Custody, where: Folders
) -> None:
    number = custody.answer("make-kit", {"now": NOW, "by": "user:anna"})["number"]
    words = _words(custody, number)
    with pytest.raises(SheetGone):
        custody.answer("sheet", {"number": number, "share": 3, "by": "user:anna"})
    assert custody.answer("test-kit", {"by": "user:anna", "shares": words[:2], "now": NOW}) == {
        "number": number
    }

    where.key_file.unlink()
    later = Custody(where)
    later.begin()
    assert _is_locked(later)
    later.answer("unlock", {"by": "user:anna", "shares": [words[2], words[0]]})
    later.answer("renew-key-file", {"now": NOW})
    assert (_is_locked(later), opening.unlock(where).facts()) == (False, later.answer("keys", {}))


def test_requiring_a_sheet_brings_none_of_its_words(custody: Custody) -> None:
    number = custody.answer("make-kit", {"now": NOW, "by": "user:anna"})["number"]
    page = {"number": number, "share": 1, "by": "user:anna"}
    assert (custody.answer("require-sheet", page), len(custody.answer("sheet", page)["words"])) == ({}, 33)
    with pytest.raises(SheetGone):
        custody.answer("require-sheet", page | {"by": "user:mallory"})


def test_two_shares_of_somebody_elses_kit_open_nothing(custody: Custody, tmp_path: object) -> None:
    number = custody.answer("make-kit", {"now": NOW, "by": "user:anna"})["number"]
    words = _words(custody, number)
    custody.answer(
        "make-kit", {"now": NOW, "by": "user:anna"}
    )  # the first was never tried, so the second takes its place
    with pytest.raises(KitUnknown):
        custody.answer("unlock", {"by": "user:anna", "shares": words[:2]})


def test_missing_key_file_stops_the_beginning_where_nobody_could_unlock(
    where: Folders, ring: vault.Keyring
) -> None:
    where.key_file.unlink()
    with pytest.raises(vault.KeyFileMissing):
        Custody(where).begin()


def test_kit_that_was_never_tried_counts_as_no_way_in(where: Folders, ring: vault.Keyring) -> None:
    begun = Custody(where)
    begun.begin()
    begun.answer("make-kit", {"now": NOW, "by": "user:anna"})
    where.key_file.unlink()
    with pytest.raises(vault.KeyFileMissing):
        Custody(where).begin()


def test_register_without_a_file_begins_locked(custody: Custody, where: Folders) -> None:
    store = Keystore(where.keys)
    (own,) = [way for way in unlockers.unlockers(store) if way.kind == "key-file"]
    custody.answer("remove-unlocker", {"id": str(own.id)})
    begun = Custody(where)
    begun.begin()
    assert _is_locked(begun)


def test_forgotten_custody_holds_nothing_and_locks_nobody(custody: Custody, where: Folders) -> None:
    state = Keystore(where.keys).state()
    custody.forget()
    with pytest.raises(vault.NotUnlocked):
        custody.answer("keys", {})
    assert Keystore(where.keys).state() == state
