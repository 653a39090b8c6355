"""Rows that an import set aside, and that are brought in after all."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from tryggve.domains.customers import import_papers
from tryggve.domains.customers.engine.imports.results import ImportResult, Left
from tryggve.domains.customers.models import Import


def take_out(*, batch: UUID, lines: Iterable[int]) -> None:
    """Take rows that were mended and brought in out of those that their import had set aside.

    Join the caller's transaction. Where the import's key is gone, so are they.
    """
    row = Import.objects.select_for_update().filter(pk=batch).exclude(key_ref=None).first()
    if row is None or row.leftovers_sealed is None or row.result_sealed is None:
        return
    counted = Counter(lines)
    left = json.loads(import_papers.opened(row, "leftovers", bytes(row.leftovers_sealed)))
    told = json.loads(import_papers.opened(row, "result", bytes(row.result_sealed)))
    left["set_aside"], _gone = _without(left["set_aside"], counted)
    result = ImportResult.from_json(told["result"])
    asides = [[one.line, one] for one in result.set_aside]
    rest, gone = _without(asides, counted)
    passed_over = [*result.skipped, *(Left(line, "mended") for line, _one in gone)]
    result = replace(result, set_aside=[one for _line, one in rest], skipped=passed_over)
    Import.objects.filter(pk=batch).update(
        leftovers_sealed=import_papers.sealed(
            row, "leftovers", json.dumps(left, ensure_ascii=False).encode()
        ),
        result_sealed=import_papers.sealed(
            row, "result", json.dumps({**told, "result": result.to_document()}, ensure_ascii=False).encode()
        ),
    )


def _without(entries: list[list[Any]], lines: Mapping[int, int]) -> tuple[list[Any], list[Any]]:
    """Those that stay and those that go: of each line as many as are counted, since a hostile file has one twice."""
    stay: list[Any] = []
    gone: list[Any] = []
    wanted = dict(lines)
    for entry in entries:
        wanted[entry[0]] = wanted.get(entry[0], 0) - 1
        (gone if wanted[entry[0]] >= 0 else stay).append(entry)
    return stay, gone
