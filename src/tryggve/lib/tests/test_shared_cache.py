import threading
from pathlib import Path

from tryggve.lib.shared_cache import SharedCache

THREADS = 8
ROUNDS = 25


def _cache(place: Path) -> SharedCache:
    """One of its own for each caller, as each process has; threads then meet in the files alone."""
    return SharedCache(place / "cache", {})


def test_added_key_is_there_for_others_and_not_added_again(tmp_path: Path) -> None:
    assert _cache(tmp_path).add("limit", 1)
    assert not _cache(tmp_path).add("limit", 2)
    assert _cache(tmp_path).get("limit") == 1


def test_key_that_ran_out_is_added_again(tmp_path: Path) -> None:
    _cache(tmp_path).add("limit", 1, timeout=0)
    assert _cache(tmp_path).add("limit", 2)


def test_one_of_many_that_add_at_the_same_moment_is_first(tmp_path: Path) -> None:
    first: list[int] = []
    gate = threading.Barrier(THREADS)

    def add_all(cache: SharedCache) -> None:
        for number in range(ROUNDS):
            gate.wait()
            if cache.add(f"limit-{number}", True):
                first.append(number)

    threads = [threading.Thread(target=add_all, args=(_cache(tmp_path),)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(first) == list(range(ROUNDS))


def test_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    _cache(tmp_path).add("limit", 1)
    assert {
        path.stat().st_mode & 0o077 for path in (tmp_path / "cache", *(tmp_path / "cache").iterdir())
    } == {0}
