"""A log that fills a tile of the second level."""

import pytest
from django.db import connection

from tryggve.audit import checkpoints, tiles
from tryggve.audit.tests import logs
from tryggve.audit.tests.logs import NOW, flip, verdict

COUNT = 256 * 256 + 300


@pytest.mark.django_db
def test_tiles_of_the_second_level_are_written_and_verified() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # It takes tables that grow within one transaction for empty, and would read them whole each time.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.executemany(
            "INSERT INTO audit_entry (recorded_at, action, actor, facts) VALUES (%s, 'a.b', 'system', '{}')",
            [("2026-03-02 08:00:00+00:00" if connection.vendor == "postgresql" else "2026-03-02 08:00:00",)]
            * COUNT,
        )
    signed = checkpoints.sign(now=NOW)
    folder = tiles.EpochTiles(1)

    full = folder.path(1, 0)
    assert signed.size == folder.size() == COUNT + 2
    assert [full.stat().st_size, folder.partial_widths(1, 1), folder.partial_widths(2, 0)] == [
        256 * 32,
        [1],
        [1],
    ]
    assert not full.with_name("000.p").exists()
    assert verdict(signed.note) == "ok"

    flip(full, 32 * 3)
    assert verdict() == ("tile-changed", 3 * 256)
    flip(full, 32 * 3)
    flip(folder.path(2, 0, 1), 0)
    assert verdict() == ("tile-changed", 0)
    flip(folder.path(2, 0, 1), 0)
    logs.tamper("UPDATE audit_entry SET actor = 'anonymous' WHERE id = %s", logs.entry_at(65_000))
    assert verdict() == ("changed", 65_000)
