"""Every file of the law says whose it is, when it was checked and from where each rule is taken."""

from datetime import date
from typing import Any

import pytest

from tryggve.domains.rights.engine.calendars import law_files

# Subject and the name of its list of rules.
_LISTS = {"ages": "ages", "deadlines": "rules", "retention": "rules", "working_days": "days"}
_FILES = [(subject, name) for subject in _LISTS for name in law_files.names(subject)]
_WAYS = [{"on"}, {"easter"}, {"first", "from"}]


def _rules(subject: str, name: str) -> list[dict[str, Any]]:
    return list(law_files.read(subject, name)[_LISTS[subject]])


@pytest.mark.parametrize(("subject", "name"), _FILES)
def test_file_says_whose_law_and_when_it_was_checked(subject: str, name: str) -> None:
    law = law_files.read(subject, name)
    assert law["jurisdiction"] == name.upper()
    assert isinstance(law["checked"], date)


@pytest.mark.parametrize(("subject", "name"), _FILES)
def test_every_rule_has_its_source(subject: str, name: str) -> None:
    rules = _rules(subject, name)
    assert rules != []
    assert [rule for rule in rules if not rule.get("source")] == []


@pytest.mark.parametrize("name", law_files.names("working_days"))
def test_every_holiday_is_told_in_one_way(name: str) -> None:
    ways = {"on", "easter", "first", "from"}
    assert [day for day in _rules("working_days", name) if day.keys() & ways not in _WAYS] == []


def test_no_code_is_used_twice() -> None:
    codes = [rule["code"] for name in law_files.names("retention") for rule in _rules("retention", name)]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("language", law_files.names("retention/words"))
def test_words_are_for_rules_that_are_there(language: str) -> None:
    codes = {rule["code"] for name in law_files.names("retention") for rule in _rules("retention", name)}
    assert law_files.read("retention/words", language).keys() == codes


def test_words_are_there_in_each_language() -> None:
    assert law_files.names("retention/words") == ["da", "en", "sv"]
