"""Findings held against the truth: what counts as found, missed and wrong."""

from collections.abc import Mapping
from pathlib import Path

from bench import datamap_accuracy
from bench.mess.judging import Score, judged
from bench.mess.truth import Truth

_ROOT = Path("/made/mess")
Line = Mapping[str, object]


def planted(
    kind: str, text: str, where: Line, *, near: bool = False, optional: bool = False, path: str = "a.txt"
) -> dict[str, object]:
    value = "" if near else text
    return {
        "path": path,
        "kind": kind,
        "text": text,
        "value": value,
        "where": where,
        "near_miss": near,
        "optional": optional,
    }


def finding(
    kind: str, value: str, where: Line, path: str = "a.txt", confidence: str = "high"
) -> dict[str, object]:
    return {"path": path, "kind": kind, "value": value, "where": where, "confidence": confidence}


def at(offset: int, length: int = 5) -> Line:
    return {"offset": offset, "length": length}


def score_of(truths: list[dict[str, object]], *findings: Line, innocent: set[str] | None = None) -> Score:
    known = Truth(innocent=innocent or set(), unreadable={"locked.zip": "encrypted"})
    for line in truths:
        known.planted.setdefault(str(line["path"]), []).append(line)
    return judged(
        known, [*findings, {"path": "locked.zip", "not_scanned": True, "reason": "encrypted"}], _ROOT
    )


def counts(score: Score, kind: str) -> tuple[int, int, int]:
    """True ones, found ones, wrong ones."""
    return score.true[kind], score.found[kind], score.wrong[kind]


def test_overlap_of_the_right_kind_is_found() -> None:
    score = score_of([planted("IBAN", "x", at(10))], finding("IBAN", "y", at(14)))

    assert counts(score, "IBAN") == (1, 1, 0)


def test_finding_beside_it_is_wrong_and_it_is_missed() -> None:
    score = score_of([planted("IBAN", "x", at(10))], finding("IBAN", "x", at(15)))

    assert counts(score, "IBAN") == (1, 0, 1)
    assert [line["text"] for line in score.missed["IBAN"]] == ["x"]
    assert [line["value"] for line in score.false["IBAN"]] == ["x"]


def test_other_kind_in_its_place_is_wrong() -> None:
    score = score_of([planted("IBAN", "x", at(10))], finding("CARD", "x", at(10)))

    assert counts(score, "IBAN") == (1, 0, 0)
    assert counts(score, "CARD") == (0, 0, 1)


def test_near_miss_that_is_taken_is_wrong_and_counted_as_such() -> None:
    score = score_of([planted("CARD", "x", at(0), near=True)], finding("CARD", "x", at(0)))

    assert counts(score, "CARD") == (0, 0, 1)
    assert score.near["CARD"] == 1


def test_near_miss_that_is_left_is_nothing() -> None:
    assert counts(score_of([planted("CARD", "x", at(0), near=True)]), "CARD") == (0, 0, 0)


def test_optional_one_is_neither_missed_nor_wrong() -> None:
    town = planted("ADDRESS", "Oslo", at(0), optional=True)

    assert counts(score_of([town]), "ADDRESS") == (0, 0, 0)
    assert counts(score_of([town], finding("ADDRESS", "Oslo", at(0))), "ADDRESS") == (0, 0, 0)


def test_street_and_town_reported_apart_are_one_address() -> None:
    score = score_of(
        [planted("ADDRESS", "x", at(0, 40))],
        finding("ADDRESS", "", at(0, 10)),
        finding("ADDRESS", "", at(20, 10)),
    )

    assert counts(score, "ADDRESS") == (1, 1, 0)


def test_cell_decides_whatever_the_sheet_shows() -> None:
    cell = {"sheet": "Kunder", "cell": "B2"}
    score = score_of([planted("DATE_OF_BIRTH", "1.2.1980", cell)], finding("DATE_OF_BIRTH", "29252", cell))

    assert counts(score, "DATE_OF_BIRTH") == (1, 1, 0)
    other = finding("DATE_OF_BIRTH", "1.2.1980", {**cell, "cell": "B3"})
    assert counts(score_of([planted("DATE_OF_BIRTH", "1.2.1980", cell)], other), "DATE_OF_BIRTH") == (1, 0, 1)


def test_page_must_be_the_same() -> None:
    truth = [planted("IP", "10.0.0.1", {"page": 2})]

    assert counts(score_of(truth, finding("IP", "10.0.0.1", {"page": 1})), "IP") == (1, 0, 1)
    assert counts(score_of(truth, finding("IP", "10.0.0.1", {"page": 2})), "IP") == (1, 1, 0)


def test_without_a_place_the_letters_decide() -> None:
    truth = [planted("SE_PERSONNUMMER", "19811228-9874", {})]

    assert counts(score_of(truth, finding("SE_PERSONNUMMER", "811228-9874", {})), "SE_PERSONNUMMER") == (
        1,
        1,
        0,
    )
    assert counts(score_of(truth, finding("SE_PERSONNUMMER", "811228-9882", {})), "SE_PERSONNUMMER") == (
        1,
        0,
        1,
    )


def test_part_of_a_name_is_enough_and_of_a_number_is_not() -> None:
    name, card = planted("PERSON", "Bo Svensson", {}), planted("CARD", "4567890123456789", {})

    assert counts(score_of([name], finding("PERSON", "Bo", {})), "PERSON") == (1, 1, 0)
    assert counts(score_of([card], finding("CARD", "4567", {})), "CARD") == (1, 0, 1)


def test_full_width_digits_are_digits() -> None:
    score = score_of([planted("CARD", "４５６７", {})], finding("CARD", "4567", {}))

    assert counts(score, "CARD") == (1, 1, 0)


def test_part_is_told_by_the_name_it_ends_in() -> None:
    truth = [planted("IP", "10.0.0.1", {"part": "inner.zip/list.csv", **at(0)})]

    right = finding("IP", "10.0.0.1", {"part": "outer/inner.zip/list.csv", **at(7)})
    assert counts(score_of(truth, right), "IP") == (1, 1, 0)
    wrong = finding("IP", "10.0.0.1", {"part": "inner.zip/other.csv", **at(0)})
    assert counts(score_of(truth, wrong), "IP") == (1, 0, 1)


def test_each_finding_finds_one() -> None:
    """The same word told of two people, and once of nobody."""
    truth = [planted("SPECIAL", "diabetes", {}), planted("SPECIAL", "diabetes", {}, near=True)]
    once, twice = [finding("SPECIAL", "diabetes", {})], [finding("SPECIAL", "diabetes", {})] * 2

    assert counts(score_of(truth, *once), "SPECIAL") == (1, 1, 0)
    assert counts(score_of(truth, *twice), "SPECIAL") == (1, 1, 1)


def test_paths_are_told_from_the_folder() -> None:
    score = score_of([planted("IP", "x", at(0))], finding("IP", "x", at(0), path="/made/mess/a.txt"))

    assert counts(score, "IP") == (1, 1, 0)


def test_numbers_of_people_in_documents_of_packages_are_counted_apart() -> None:
    found = [finding("CARD", "x", at(0), path="readme.md"), finding("EMAIL", "x", at(0), path="readme.md")]

    score = score_of([], *found, innocent={"readme.md"})

    assert dict(score.innocent) == {"CARD": 1}
    assert counts(score, "CARD") == (0, 0, 0)


def test_unreadable_file_that_is_passed_over_in_silence_is_told() -> None:
    assert judged(Truth(unreadable={"a.zip": "encrypted"}), [], _ROOT).silent == ["a.zip"]


def test_readable_file_that_was_not_read_is_told() -> None:
    report = [{"path": "a.txt", "not_scanned": True, "reason": "time"}]

    assert judged(Truth(planted={"a.txt": []}), report, _ROOT).unreadable == [("a.txt", "time")]


def test_endings_can_be_left_out() -> None:
    known = Truth(planted={"a.png": [planted("IP", "x", {}, path="a.png")]})

    assert judged(known, [], _ROOT, {"png"}).true["IP"] == 0
    assert judged(known, [], _ROOT).true["IP"] == 1


def test_what_is_less_sure_than_asked_does_not_count() -> None:
    report = (
        '{"path": "a", "kind": "IP", "confidence": "low"}\n'
        '{"path": "a", "kind": "IP", "confidence": "high"}\n'
        '{"path": "b", "not_scanned": true, "reason": "damaged"}\n'
        '{"summary": {"files": 2}}\n'
    )

    assert len(datamap_accuracy.lines_of(report, "low")) == 3
    assert [line.get("confidence") for line in datamap_accuracy.lines_of(report, "medium")] == ["high", None]
