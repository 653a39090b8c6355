"""The way from an entry to the root of a checkpoint, also over years and restores."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from tools.verify_audit import is_on_the_way
from tryggve.audit import checkpoints, epochs, inclusion, registry
from tryggve.audit.inclusion import NotCovered
from tryggve.audit.models import Leaf
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, entry_at, fill

pytestmark = pytest.mark.django_db

NEXT_YEAR = datetime(2027, 1, 1, 8, 0, tzinfo=UTC)


def _leads_there(proof: inclusion.Proof, size: int, root: bytes) -> bool:
    return is_on_the_way(proof.leaf, proof.index, list(proof.path), size, root)


@pytest.mark.parametrize("size", [1, 2, 3, 255, 256, 257, 300, 511, 513, 600])
def test_every_leaf_leads_to_the_root_at_every_size(log: bytes, size: int) -> None:
    paths = inclusion.EpochPaths(1, size)
    root = paths._root(0, size)
    assert [index for index in range(size) if not _leads_there(paths.proof(index), size, root)] == []


def test_root_of_all_the_leaves_is_that_of_the_checkpoint(log: bytes) -> None:
    signed = checkpoints.opened(log)
    assert inclusion.EpochPaths(1, signed.size)._root(0, signed.size) == signed.root


def test_tree_of_more_than_two_levels_of_tiles_has_its_ways(seen: registry.Action) -> None:
    fill(seen, 256 * 257 + 3)
    signed = checkpoints.sign(now=NOW)
    paths = inclusion.EpochPaths(1, signed.size)
    for index in (0, 255, 256, 65_535, 65_536, signed.size - 1):
        assert _leads_there(paths.proof(index), signed.size, signed.root)


def test_proof_of_an_entry_doesnt_fit_another_place_leaf_or_root(log: bytes) -> None:
    signed = checkpoints.opened(log)
    paths = inclusion.EpochPaths(1, signed.size)
    one, other = paths.proof(17), paths.proof(18)
    way = list(one.path)
    wrong = [
        is_on_the_way(one.leaf, 18, way, signed.size, signed.root),
        is_on_the_way(other.leaf, 17, way, signed.size, signed.root),
        is_on_the_way(one.leaf, 17, way[1:], signed.size, signed.root),
        is_on_the_way(one.leaf, 17, [*way, way[0]], signed.size, signed.root),
        is_on_the_way(one.leaf, 17, way, 17, signed.root),
        is_on_the_way(one.leaf, 17, way, signed.size, sha256(b"").digest()),
        is_on_the_way(one.leaf, -1, way, signed.size, signed.root),
    ]
    assert (_leads_there(one, signed.size, signed.root), wrong) == (True, [False] * 7)


def test_bundle_goes_over_the_years_to_the_newest_checkpoint(seen: registry.Action) -> None:
    fill(seen, 300)
    checkpoints.sign(now=NOW)
    fill(seen, 5)
    checkpoints.sign(now=NEXT_YEAR)
    fill(seen, 5, at=NEXT_YEAR)
    newest = checkpoints.sign(now=NEXT_YEAR)
    old, young = entry_at(299), entry_at(3, epoch=2)

    found = inclusion.bundle([old, young], checkpoint=newest)

    assert [(one.epoch, one.index) for one in (*found.links, *found.proofs)] == [(2, 0), (1, 299), (2, 3)]
    began = epochs.opening(2)
    assert began is not None
    size, root = began.facts["previous_size"], bytes.fromhex(began.facts["previous_root"])
    assert _leads_there(found.proofs[0], size, root)
    assert all(_leads_there(one, newest.size, newest.root) for one in (found.links[0], found.proofs[1]))


def test_bundle_of_what_a_restore_kept_goes_around_what_it_lost(seen: registry.Action) -> None:
    fill(seen, 20)
    checkpoints.sign(now=NOW)
    kept = entry_at(5)
    fill(seen, 30)
    checkpoints.sign(now=NOW)
    january = checkpoints.sign(now=NEXT_YEAR)
    logs.roll_back(to=22)
    epochs.open_after_restore(january, now=NEXT_YEAR)
    newest = checkpoints.sign(now=NEXT_YEAR)

    found = inclusion.bundle([kept], checkpoint=newest)

    assert [(one.epoch, one.index) for one in (*found.links, *found.proofs)] == [(3, 0), (1, 5)]


def test_entry_younger_than_the_checkpoint_has_no_proof(seen: registry.Action) -> None:
    fill(seen, 3)
    signed = checkpoints.sign(now=NOW)
    fill(seen, 1)
    checkpoints.sign(now=NOW)
    youngest = Leaf.objects.latest("pk").entry
    with pytest.raises(NotCovered):
        inclusion.bundle([youngest], checkpoint=signed)


def test_entry_without_a_place_has_no_proof(seen: registry.Action) -> None:
    fill(seen, 3)
    signed = checkpoints.sign(now=NOW)
    with pytest.raises(NotCovered):
        inclusion.bundle([10**9], checkpoint=signed)
