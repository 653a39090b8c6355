from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tryggve import vault
from tryggve.lib.folders import Folders
from tryggve.vault import sealing
from tryggve.vault.keystore import Keystore
from tryggve.vault.tests import programs
from tryggve.vault.tests.cast import CILLA, CILLAS_DETAILS, DAN, details_of

USE_IN_A_FORK = """
ring = opening.open_keyring(where)
(key,) = ring.create_keys([CILLA])
child = os.fork()
if child == 0:
    ring.create_keys([CILLA] * 50)
    ring.open(ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS), bound_to=CILLAS_DETAILS)
    os._exit(0)
ring.create_keys([CILLA] * 50)
print(os.waitpid(child, 0)[1])
"""
USE_IN_THREADS = """
import threading
ring = opening.open_keyring(where)
(key,) = ring.create_keys([CILLA])
opened = []
def work():
    ring.create_keys([CILLA] * 20)
    opened.append(ring.open(ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS), bound_to=CILLAS_DETAILS))
threads = [threading.Thread(target=work) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(opened == [b"hello"] * 8)
"""


def test_open_returns_what_was_sealed(ring: vault.Keyring) -> None:
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)

    assert ring.open(blob, bound_to=CILLAS_DETAILS) == b"hello"
    assert vault.key_id_of(blob) == key


def test_seal_twice_gives_two_blobs(ring: vault.Keyring) -> None:
    (key,) = ring.create_keys([CILLA])
    blobs = {ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS) for _ in range(20)}

    assert len({blob[17:29] for blob in blobs}) == 20


def test_create_keys_gives_each_subject_its_own_in_order(ring: vault.Keyring) -> None:
    cillas, dans = ring.create_keys([CILLA, DAN])
    ring.seal(b"", key=cillas, bound_to=details_of(CILLA))
    ring.seal(b"", key=dans, bound_to=details_of(DAN))

    with pytest.raises(vault.Damaged):
        ring.seal(b"", key=dans, bound_to=details_of(CILLA))


def test_create_keys_makes_ids_that_sort_by_time(ring: vault.Keyring) -> None:
    first, last = ring.create_keys([CILLA]), ring.create_keys([CILLA])

    assert {key.version for key in first + last} == {7}
    assert first[0].bytes[:6] <= last[0].bytes[:6]


def test_create_keys_for_nobody_writes_nothing(ring: vault.Keyring, where: Folders) -> None:
    before = where.keys.read_bytes()

    assert ring.create_keys([]) == []
    assert where.keys.read_bytes() == before


def test_create_keys_in_another_compartment_opens_only_there(ring: vault.Keyring) -> None:
    (key,) = ring.create_keys([CILLA], compartment="retained")
    kept = replace(CILLAS_DETAILS, compartment="retained")

    assert ring.open(ring.seal(b"hello", key=key, bound_to=kept), bound_to=kept) == b"hello"
    with pytest.raises(vault.Damaged):
        ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)


def test_open_after_the_key_was_destroyed_says_gone(ring: vault.Keyring) -> None:
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    ring.destroy_keys([key])

    with pytest.raises(vault.KeyGone):
        ring.open(blob, bound_to=CILLAS_DETAILS)
    with pytest.raises(vault.KeyGone):
        ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)


def test_open_of_one_customers_blob_as_anothers_is_damaged(ring: vault.Keyring) -> None:
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)

    with pytest.raises(vault.Damaged):
        ring.open(blob, bound_to=details_of(DAN))


def test_open_of_a_blob_from_a_later_version_says_so(ring: vault.Keyring) -> None:
    with pytest.raises(vault.NewerFormat):
        ring.open(b"\x02" + bytes(60), bound_to=CILLAS_DETAILS)


def test_many_are_sealed_and_opened_in_order(ring: vault.Keyring) -> None:
    """More than two batches."""
    people = [uuid4() for _ in range(2_100)]
    keys = ring.create_keys(people)
    bindings = [details_of(person) for person in people]
    texts = [person.bytes for person in people]

    blobs = list(ring.seal_many(zip(texts, keys, bindings, strict=True)))

    assert list(ring.open_many(zip(blobs, bindings, strict=True))) == texts


def test_blobs_under_new_keys_open_in_order_each_under_its_own(ring: vault.Keyring) -> None:
    items = [(b"Cilla", details_of(CILLA)), (b"Dan", details_of(DAN)), (b"Cilla again", details_of(CILLA))]

    blobs = list(ring.seal_with_new_keys(items))

    bindings = [binding for _text, binding in items]
    assert list(ring.open_many(zip(blobs, bindings, strict=True))) == [b"Cilla", b"Dan", b"Cilla again"]
    assert len({vault.key_id_of(blob) for blob in blobs}) == 3


def test_blobs_and_keys_made_together_share_no_nonce_and_no_key(ring: vault.Keyring, where: Folders) -> None:
    blobs = list(ring.seal_with_new_keys([(b"hello", CILLAS_DETAILS)] * 300))

    wrapped, _state = Keystore(where.keys).wrapped_keys_and_state(map(vault.key_id_of, blobs))
    nonces = {blob[sealing.NONCE_AT] for blob in blobs} | {key.wrapped[1:13] for key in wrapped.values()}
    loaded = ring.loaded(wrapped)
    keys = {loaded._unwrap(key, CILLAS_DETAILS) for key in wrapped}
    assert (len(nonces), len(keys), {len(key) for key in keys}) == (600, 300, {32})


def test_new_keys_are_kept_before_the_first_of_their_blobs_is_given_out(
    ring: vault.Keyring, where: Folders
) -> None:
    blobs = ring.seal_with_new_keys([(b"hello", CILLAS_DETAILS)] * 1_001)

    next(blobs)

    assert len(list(Keystore(where.keys).ids_before(UUID(int=2**128 - 1)))) == 1_000


def test_seal_with_new_keys_of_anothers_compartment_makes_no_key(ring: vault.Keyring) -> None:
    own, staffs = CILLAS_DETAILS, replace(CILLAS_DETAILS, compartment="staff")

    with pytest.raises(ValueError, match="no keys in that compartment"):
        list(ring.seal_with_new_keys([(b"hello", own), (b"hello", staffs)]))
    assert ring.newest_key() is None


def test_open_many_fetches_keys_by_the_batch(ring: vault.Keyring, where: Folders) -> None:
    """With the key store taken away after the first, the rest of the batch opens; the next one doesn't."""
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    opened = ring.open_many([(blob, CILLAS_DETAILS)] * 1_001)
    next(opened)
    where.keys.unlink()

    assert [next(opened) for _ in range(999)] == [b"hello"] * 999
    with pytest.raises(vault.KeyStoreMissing):
        next(opened)


def test_open_many_asks_for_no_more_than_it_needs(ring: vault.Keyring) -> None:
    """A long list isn't drawn into memory."""
    (key,) = ring.create_keys([CILLA])
    blob = ring.seal(b"hello", key=key, bound_to=CILLAS_DETAILS)
    asked: list[int] = []

    def endless() -> Iterator[tuple[bytes, vault.Binding]]:
        while True:
            asked.append(1)
            yield blob, CILLAS_DETAILS

    next(ring.open_many(endless()))

    assert len(asked) == 1_000


def test_loaded_deals_with_each_blob_by_itself(ring: vault.Keyring) -> None:
    cillas, dans = ring.create_keys([CILLA, DAN])
    blobs = {
        CILLA: ring.seal(b"Cilla", key=cillas, bound_to=details_of(CILLA)),
        DAN: ring.seal(b"Dan", key=dans, bound_to=details_of(DAN)),
    }
    ring.destroy_keys([cillas])
    keys = ring.loaded([cillas, dans])

    with pytest.raises(vault.KeyGone):
        keys.open(blobs[CILLA], bound_to=details_of(CILLA))
    assert keys.open(blobs[DAN], bound_to=details_of(DAN)) == b"Dan"


def test_loaded_keeps_no_key_unwrapped(ring: vault.Keyring) -> None:
    """What it holds is what lies in the key store."""
    (key,) = ring.create_keys([CILLA])
    keys = ring.loaded([key])
    before = _everything_in(keys)
    keys.open(keys.seal(b"hello", key=key, bound_to=CILLAS_DETAILS), bound_to=CILLAS_DETAILS)

    assert _everything_in(keys) == before


def test_keyring_works_on_both_sides_of_a_fork(ring: vault.Keyring, where: Folders) -> None:
    assert programs.run(USE_IN_A_FORK, where) == (0, "0\n")


def test_keyring_works_in_many_threads(ring: vault.Keyring, where: Folders) -> None:
    assert programs.run(USE_IN_THREADS, where) == (0, "True\n")


def _everything_in(keys: vault.Loaded) -> set[tuple[UUID, bytes, bytes]]:
    assert set(vars(keys)) == {"_wrapped", "_under"}
    return {(key.id, key.wrapped, key.commitment) for key in keys._wrapped.values()}
