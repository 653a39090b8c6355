"""Every code that the reading of files can give has words."""

import re
from pathlib import Path
from typing import get_args

import pytest

from tryggve.domains.customers import engine
from tryggve.domains.customers.engine.columns.heading_words import Field
from tryggve.domains.customers.engine.comparison.decisions import Why
from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.drafts import SetAsideReason, SkipReason
from tryggve.domains.customers.engine.imports.results import Aside, Double, ImportResult, Left
from tryggve.domains.customers.engine.table import UnreadableFile
from tryggve.domains.customers.words import imports as import_words


def test_every_reason_has_words() -> None:
    assert set(get_args(SetAsideReason)) == set(import_words.REASONS)
    assert set(get_args(SkipReason)) == set(import_words.SKIPS)
    assert set(get_args(Why)) == set(import_words.DOUBLES)
    assert set(get_args(Field)) == set(import_words.FIELDS)


def test_every_code_of_an_unreadable_file_has_words() -> None:
    told = (UnreadableFile.__doc__ or "").split("Codes:")[1]
    assert set(re.findall(r"[a-z_]{5,}", told)) == set(import_words.UNREADABLE)


def test_every_code_that_is_raised_has_words() -> None:
    sources = "".join(path.read_text() for path in Path(engine.__path__[0]).glob("*.py"))
    raised = set(re.findall(r'UnreadableFile\(\s*"(\w+)"', sources))
    assert raised
    assert raised <= set(import_words.UNREADABLE)


@pytest.mark.parametrize(("line", "words"), [(None, "Nothing"), (7, "It is about line 7.")])
def test_refusal_says_what_where_and_that_nothing_happened(line: int | None, words: str) -> None:
    told = import_words.why_unreadable(UnreadableFile("truncated", line=line))
    assert told.startswith("The file ends in the middle.")
    assert words in told
    assert told.endswith("Nothing was changed.")


def test_result_is_told_with_each_line_that_needs_a_look() -> None:
    result = ImportResult(
        rows=5, created=2, updated=0, unchanged=1, import_id="x", kept_columns=["Shoe size"],
        duplicates=[Double(3, None, "same_email")], set_aside=[Aside(4, "E-mail", "bad_email")],
        skipped=[Left(5, "total")],
    )  # fmt: skip
    assert list(import_words.told(result)) == [
        "5 lines: 2 new, 0 updated, 1 unchanged.",
        "1 line was set aside:",
        "  line 4 E-mail: this is not an e-mail address",
        "Perhaps the same customer twice:",
        "  line 3: someone with another name has the same e-mail address",
        "Passed over: 5 (line of totals)",
        "Columns without a field yet, kept encrypted beside the import for 30 days: Shoe size",
    ]


def test_trial_is_told_to_have_changed_nothing() -> None:
    first = next(iter(import_words.told(ImportResult())))
    assert first == "This is what would happen; nothing was changed."


def test_long_lists_of_doubles_and_skipped_lines_are_cut() -> None:
    doubles = [Double(line, None, "same_name") for line in range(30)]
    told = list(
        import_words.told(ImportResult(import_id="x", duplicates=doubles, skipped=[Left(1, "empty")] * 30))
    )
    assert told[-2] == "  and 10 more"
    assert told[-1].endswith("…")


def test_card_is_told_line_by_line() -> None:
    details = Details(
        name="Åsa Ek", organisation="Bygg AB", emails=("asa@example.se",), phones=("070",), note="tea",
        addresses=(Address("Storgatan 1", "111 22", "Stockholm"),), tags=("vip", "new"), source="fair",
    )  # fmt: skip
    assert list(import_words.lines_of(details)) == [
        ("Name", "Åsa Ek"), ("Company", "Bygg AB"), ("E-mail", "asa@example.se"), ("Telephone", "070"),
        ("Address", "Storgatan 1, 111 22 Stockholm"), ("Tags", "vip, new"), ("Source", "fair"), ("Note", "tea"),
    ]  # fmt: skip
