"""A restore test in words: a line in the list, and the proof with its steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups.engine.restore_test import STEPS
from tryggve.domains.backups.models import RestoreTest
from tryggve.domains.backups.selectors.restore_tests import Shredded
from tryggve.domains.backups.words.overview import minutes
from tryggve.domains.backups.words.pages import test_cause_in_words

_PASSED, _NOT_DONE, _UNDER_WAY = "✓", "–", "…"
_STEPS: Final[Mapping[str, StrOrPromise]] = {
    "fetch": _("The newest copy was fetched into a private folder in memory"),
    "read-all": _("What else lies in the places was read, byte by byte, a part of it each week"),
    "hashes": _("Every file is what it was when it was copied"),
    "database": _("The register is whole and has every row that it had"),
    "log": _("The log is whole: nothing in it was changed or taken away"),
    "customers": _("Customers taken by chance were really decrypted"),
    "canary": _("Somebody made up, written down just before the backup, was found in it and read"),
    "shredding": _(
        "Nobody who was made up and erased can be read in an older copy where they should be gone"
    ),
    "starts": _("Tryggve was started on the copy, and let people sign in"),
}
_LOOKS: Final = {
    RestoreTest.State.WAITING: ("", _("… Begins soon")),
    RestoreTest.State.WAITING: ("", _("… Begins soon")),
    RestoreTest.State.RUNNING: ("", _("… Under way")),
    RestoreTest.State.PASSED: ("good", _("✓ Passed")),
    RestoreTest.State.FAILED: ("danger", _("✗ Failed")),
    RestoreTest.State.UNKNOWN: ("warning", _("? Could not be made")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One test in the list."""

    test: RestoreTest
    tone: str
    state: StrOrPromise
    minutes: int | None

    @property
    def is_under_way(self) -> bool:
        return self.test.state in (RestoreTest.State.WAITING, RestoreTest.State.RUNNING)


@dataclass(frozen=True, slots=True)
class Step:
    """``mark`` is ✓, ✗, … or a dash for one that was never come to; ``fact`` says of how much."""

    mark: str
    words: StrOrPromise
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """One test as a whole; ``hours`` is how old the newest data in the copy was when the test began."""

    line: Line
    cause: StrOrPromise
    hours: int | None
    steps: Sequence[Step]


def line(test: RestoreTest) -> Line:
    tone, state = _LOOKS[RestoreTest.State(test.state)]
    return Line(test, tone, state, minutes(test))


def proof(test: RestoreTest, shredded: Shredded) -> Proof:
    """A step that found nobody to be tried with isn't told as one that was passed."""
    age = test.found.get("data_age_minutes")
    hours = None if age is None else age // 60
    return Proof(line(test), test_cause_in_words(test.cause), hours, _steps(test, shredded))


def step_in_words(code: str) -> StrOrPromise:
    """What a step sees to."""
    return _STEPS[code]


def _steps(test: RestoreTest, shredded: Shredded) -> Sequence[Step]:
    at = STEPS.index(test.step) if test.step in STEPS else None
    told = [
        Step(_mark(test, number, at), _STEPS[code], _fact(code, test.found))
        for number, code in enumerate(STEPS)
    ]
    instead = {
        "customers": _of_customers(test),
        "canary": _of_canary(test),
        "shredding": _of_shredding(shredded),
    }
    return [
        instead[code] or step if step.mark == _PASSED and code in instead else step
        for code, step in zip(STEPS, told, strict=True)
    ]


def _of_customers(test: RestoreTest) -> Step | None:
    return None if test.found.get("customers") else Step(_NOT_DONE, _("There was no customer to decrypt yet"))


def _of_canary(test: RestoreTest) -> Step | None:
    if test.found.get("made_up"):
        return None
    return Step(
        _NOT_DONE,
        _(
            "Nobody made up was in this copy: it was tested before, or the register was locked when it was taken"
        ),
    )


def _of_shredding(shredded: Shredded) -> Step | None:
    if shredded.proven:
        return None
    if not shredded.pending:
        return Step(_NOT_DONE, _("Nobody made up had been erased yet: the next tests prove it"))
    until = date_format(timezone.localtime(shredded.until), "DATE_FORMAT") if shredded.until else ""
    told = gettext("pending until %(day)s") % {"day": until} if until else gettext("pending")
    return Step(_UNDER_WAY, _STEPS["shredding"], told)


def _mark(test: RestoreTest, number: int, at: int | None) -> str:
    if STEPS[number] == "canary" and test.found.get("made_up") == 0:
        return "–"
    if test.state == RestoreTest.State.PASSED or (at is not None and number < at):
        return _PASSED
    if number != at:
        return "–"
    return (
        "…"
        if test.state == RestoreTest.State.RUNNING
        else "✗"
        if test.state == RestoreTest.State.FAILED
        else "?"
    )


def _fact(code: str, found: Mapping[str, int]) -> str:
    """How much, of what was counted in that step."""
    name, words = _FACTS.get(code, ("", ""))
    return words % {"number": found[name]} if name in found else ""


_FACTS: Final[Mapping[str, tuple[str, Any]]] = {
    "read-all": (
        "own_files",
        ngettext_lazy("%(number)s file of your own", "%(number)s files of your own", "number"),
    ),
    "hashes": ("files", ngettext_lazy("%(number)s file", "%(number)s files", "number")),
    "database": ("rows", ngettext_lazy("%(number)s row", "%(number)s rows", "number")),
    "log": ("log_entries", ngettext_lazy("%(number)s entry", "%(number)s entries", "number")),
    "customers": ("customers", ngettext_lazy("%(number)s customer", "%(number)s customers", "number")),
}
