"""The measurement of the data map: its texts, its pairs, and what it starts."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import datamap, datamap_rivals, datamap_trees
from bench.datamap_patterns import UNION
from bench.datamap_rivals import Rival, cpu_of
from bench.mess import corpora


def told(content: bytes, name: str) -> str:
    """Stands for the engine."""
    return f"{name} holds {content.decode()}"


def test_prose_has_eleven_hundred_entities_a_megabyte_in_lines_of_usual_length() -> None:
    content, planted = corpora.corpus("prose", 0.5)

    assert len(planted) == pytest.approx(corpora.ENTITIES_A_MEGABYTE / 2, abs=5)
    assert 70 < len(content) / content.count(b"\n") < 120


def test_dense_table_has_eight_entities_a_row() -> None:
    content, planted = corpora.corpus("dense", 0.1)

    rows = content.count(b"\n") - 1
    assert len(planted) == 8 * rows
    assert [one.value.kind for one in planted[:8]] == [*corpora.ROW]


def test_clean_text_has_nothing_in_it() -> None:
    content, planted = corpora.corpus("clean", 0.5)

    assert planted == []
    assert re.search(UNION.encode(), content) is None
    assert not re.search(rb"[0-9@]", content)


def test_a_text_is_the_same_each_time() -> None:
    assert corpora.corpus("prose", 0.05) == corpora.corpus("prose", 0.05)


def test_the_union_finds_most_numbers_and_addresses_of_mail() -> None:
    """Else others would be measured on less than ours."""
    content, planted = corpora.corpus("dense", 0.1)
    matched = {at for match in re.finditer(UNION.encode(), content) for at in range(*match.span())}

    wanted = [int(str(one.where["offset"])) for one in planted if one.value.kind != "PERSON"]

    assert sum(at in matched for at in wanted) > 0.95 * len(wanted)


def test_pairs_compare_what_each_read(tmp_path: Path) -> None:
    text, part = tmp_path / "text", tmp_path / "part"
    text.write_bytes(b"x" * 2_000_000)
    part.write_bytes(b"x" * 1_000)
    seen: list[str] = []
    rival = Rival("re", cpu_of(lambda path: seen.append(f"other {path.name}")), str)

    found = [*datamap.pairs(lambda path: seen.append(f"ours {path.name}"), rival, text, part, 2)]

    assert seen == ["ours text", "other part", "other part", "ours text", "ours text", "other part"]
    assert [pair.ratio for pair in found] == [pair.ours / pair.other for pair in found]


def test_ours_may_be_a_function_of_bytes_and_a_name(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"4")

    assert datamap_rivals.ours_of(None, f"{__name__}:told")(tmp_path / "text") == "text holds 4"


def test_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        datamap_rivals.run(f"{sys.executable} -c 'raise SystemExit(3)'", tmp_path)


def test_command_is_given_the_file(tmp_path: Path) -> None:
    told = tmp_path / "told"
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).touch()"

    datamap_rivals.run(f'{sys.executable} -c "{script}" {{}}', told)

    assert told.exists()


def test_tree_has_as_many_files_as_asked_and_no_two_alike(tmp_path: Path) -> None:
    datamap_trees.write_tree(tmp_path, files=150, megabytes=0.3)

    contents = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert len({*contents}) == len(contents) == 150
    assert sum(map(len, contents)) == pytest.approx(300_000, rel=0.1)
