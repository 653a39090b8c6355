import hashlib
import hmac
from dataclasses import replace
from threading import Barrier, Thread

import pytest

from tryggve import vault
from tryggve.lib import ids
from tryggve.lib.folders import Folders
from tryggve.vault import derivation, opening, rotation, tags
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests.cast import CILLA

NUMBERS, OTHERS = ids.reserved("numbers"), ids.reserved("others")


def test_equal_values_have_one_tag_and_others_another(ring: vault.Keyring) -> None:
    ring.begin_tags(NUMBERS)
    first, second, other = ring.tags([b"a", b"a", b"b"], register=NUMBERS)
    assert (first == second, first == other, len(first)) == (True, False, 32)


def test_tag_is_the_beginning_of_an_hmac() -> None:
    key = bytes(range(32))
    assert tags.tag(b"value", key=key) == hmac.new(key, b"value", hashlib.sha256).hexdigest()[:32]
    assert derivation.tag_key(key) not in {key, derivation.part_key(key, "sensitive")}


def test_registers_share_no_tag(ring: vault.Keyring) -> None:
    for register in (NUMBERS, OTHERS):
        ring.begin_tags(register)
    assert ring.tags([b"a"], register=NUMBERS) != ring.tags([b"a"], register=OTHERS)


def test_nothing_is_tagged_before_the_register_was_begun(ring: vault.Keyring) -> None:
    with pytest.raises(vault.KeyGone):
        ring.tags([b"a"], register=NUMBERS)
    assert ring.newest_key() is None


def test_begun_again_it_stays_what_it_was(ring: vault.Keyring, where: Folders) -> None:
    ring.begin_tags(NUMBERS)
    before = ring.tags([b"a"], register=NUMBERS)
    opening.open_keyring(where).begin_tags(NUMBERS)
    assert ring.tags([b"a"], register=NUMBERS) == before


def test_begun_by_several_at_once_there_is_one(ring: vault.Keyring, where: Folders) -> None:
    rings, ready = [opening.open_keyring(where) for _ in range(6)], Barrier(6)
    found: list[str] = []

    def begin(own: vault.Keyring) -> None:
        ready.wait(timeout=30)
        own.begin_tags(NUMBERS)
        found.extend(own.tags([b"a"], register=NUMBERS))

    threads = [Thread(target=begin, args=(own,)) for own in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == ring.tags([b"a"], register=NUMBERS) * 6


def test_tags_outlive_a_rotation(ring: vault.Keyring, where: Folders) -> None:
    ring.begin_tags(NUMBERS)
    before = ring.tags([b"a"], register=NUMBERS)
    rotation.rotate(where, opening.unlock(where))
    assert Keystore(where.keys).state().generation == 2
    assert opening.open_keyring(where).tags([b"a"], register=NUMBERS) == before


def test_register_is_never_the_newest_key(ring: vault.Keyring) -> None:
    ring.begin_tags(NUMBERS)
    [cilla] = ring.create_keys([CILLA])
    assert ring.newest_key() == cilla


def test_staff_keyring_begins_no_register_of_customers(ring: vault.Keyring) -> None:
    with pytest.raises(ValueError, match="compartment"):
        vault.staff_keyring().begin_tags(NUMBERS)


def test_key_that_is_there_already_stays_whoever_comes_second(ring: vault.Keyring, where: Folders) -> None:
    """Two who both saw none there: what the first has tagged by then must not be lost."""
    ring.begin_tags(NUMBERS)
    before = ring.tags([b"a"], register=NUMBERS)
    store = Keystore(where.keys)
    [first] = store.wrapped_keys_and_state([NUMBERS])[0].values()
    store.add_unless_there(replace(first, commitment=bytes(32)), in_state=None)
    assert ring.tags([b"a"], register=NUMBERS) == before
