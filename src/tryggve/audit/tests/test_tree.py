from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.audit import tree


def _root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\1" + _root(leaves[:split]) + _root(leaves[split:])).digest()


def _grown(leaves: list[bytes]) -> bytes:
    growth = tree.Growth()
    levels: list[list[bytes]] = [[]]
    hashes = tree.leaf_hashes(leaves)
    for start in range(0, len(hashes), tree.WIDTH):
        levels = tree.pyramid(hashes[start : start + tree.WIDTH])
        if len(levels[0]) == tree.WIDTH:
            growth.add(levels[-1][0])
            levels = [[]]
    return tree.root(growth.summits() + tree.peaks(levels, len(levels[0])))


@pytest.mark.parametrize("size", [0, 1, 2, 3, 255, 256, 257, 511, 512, 1000, 65_536, 66_000])
def test_root_is_that_of_the_recursive_definition(size: int) -> None:
    leaves = [number.to_bytes(4) for number in range(size)]

    assert _grown(leaves) == _root(leaves)


def test_root_of_the_published_vectors() -> None:
    """The inputs and roots of the reference implementation of RFC 6962 (certificate-transparency, merkle tests)."""
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    leaves = [bytes.fromhex(each) for each in inputs]

    assert {size: _grown(leaves[:size]).hex() for size in roots} == roots


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 300), st.integers(0, 300))
def test_peaks_of_a_part_give_the_root_of_that_part(size: int, more: int) -> None:
    leaves = [number.to_bytes(4) for number in range(size + more)]
    levels = tree.pyramid(tree.leaf_hashes(leaves))

    assert tree.root(tree.peaks(levels, size)) == _root(leaves[:size])


def test_growth_tells_each_tile_that_became_full() -> None:
    growth = tree.Growth()
    hashes = [sha256(number.to_bytes(4)).digest() for number in range(2 * 256)]

    full = [tile for each in hashes for tile in growth.add(each)]

    assert [(level, number) for level, number, _hashes in full] == [(1, 0), (1, 1)]
    assert full[1][2] == hashes[256:]
    assert [(level, number, len(begun)) for level, number, begun in growth.partial()] == [(2, 0, 2)]
