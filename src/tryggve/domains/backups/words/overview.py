"""The overview in words: what can be got back, how each place stands, what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from tryggve.domains.backups import sign_words
from tryggve.domains.backups.engine import spread as engine
from tryggve.domains.backups.engine.spread import Step
from tryggve.domains.backups.models import Place, RestoreTest
from tryggve.domains.backups.selectors.overview import Answer, Standing
from tryggve.domains.backups.selectors.shown_places import ShownPlace, State
from tryggve.domains.backups.words.pages import ago, cause_in_words

_ANSWERS: Final[Mapping[Answer, tuple[str, StrOrPromise, StrOrPromise]]] = {
    Answer.PROVEN: (
        "info",
        gettext_lazy("✓ Yes. It was tried for real."),
        gettext_lazy(
            "Tryggve restored the copy that was newest then into a folder that was thrown away, and read all of it."
        ),
    ),
    Answer.NO_COPY: (
        "danger",
        gettext_lazy("✗ No. There is no copy yet."),
        gettext_lazy("If this computer breaks or is stolen today, everything in Tryggve is gone."),
    ),
    Answer.NO_KEYS: (
        "danger",
        gettext_lazy("✗ No. No place has the keys."),
        gettext_lazy("The data lies in a place, and without the keys nobody can read it: not even you."),
    ),
    Answer.KEYS_MISSING: (
        "danger",
        gettext_lazy("✗ Not everything. Keys of customers are missing."),
        gettext_lazy(
            "What the register says of them can't be read now, and older copies may be the last that have it."
        ),
    ),
    Answer.COPY_GONE: (
        "danger",
        gettext_lazy("✗ Don't count on it. A copy isn't where it was brought to."),
        gettext_lazy("Look at the places below. Back up now, and test the restore then."),
    ),
    Answer.NOT_REACHED: (
        "warning",
        gettext_lazy("? Probably. It was tried for real, but what it needs can't be reached now."),
        gettext_lazy(
            "No place that has the newest data, or none that has the keys, can be used: look at them below."
        ),
    ),
    Answer.COPY_TOO_OLD: (
        "danger",
        gettext_lazy("✗ Only what is old. The newest copy is several days old."),
        gettext_lazy("What was written since then would be lost."),
    ),
    Answer.NOT_TESTED: (
        "warning",
        gettext_lazy("? Probably, but nobody has tried yet."),
        gettext_lazy(
            "A copy counts only when it has been restored. Tryggve does that each week; you can do it now."
        ),
    ),
    Answer.TEST_FAILED: (
        "danger",
        gettext_lazy("✗ Don't count on it. The last restore test failed."),
        gettext_lazy("Look at the test, mend what it says, and test again."),
    ),
    Answer.TEST_TOO_OLD: (
        "warning",
        gettext_lazy("? Probably. It is more than a week since it was tried."),
        gettext_lazy("Tryggve tests each week by itself while a place can be reached. You can do it now."),
    ),
}
_RESTS_ON_A_TEST: Final = frozenset({Answer.PROVEN, Answer.NOT_REACHED, Answer.TEST_TOO_OLD})
_STEPS: Final[Mapping[Step, StrOrPromise]] = {
    Step.FIRST_PLACE: gettext_lazy("Add a place for the data."),
    Step.OTHER_DISK: gettext_lazy(
        "Add a place on another disk: what lies on the same disk as Tryggve breaks together with it."
    ),
    Step.KEYS_PLACE: gettext_lazy(
        "Add a place for the keys, such as a NAS or rented storage: without them nobody can read the copies, not even "
        "you."
    ),
    Step.REACH: gettext_lazy("Bring back a place: none that holds your data can be reached now."),
    Step.ELSEWHERE: gettext_lazy(
        "Add a place in another house: a fire or a burglary takes the copies together with the computer."
    ),
    Step.SECOND_PLACE: gettext_lazy("Add a second place: a copy can be broken on the day when it is needed."),
    Step.OTHER_KIND: gettext_lazy(
        "Add a disk that you carry away, or another computer: what is always attached here can be spoilt from here."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to «Can we get everything back?», and what looks suspicious."""

    tone: str
    answer: StrOrPromise
    why: StrOrPromise
    signs: Sequence[StrOrPromise]
    last_cause: StrOrPromise
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """A place with its state in words."""

    place: ShownPlace
    state: str
    tone: str
    text: StrOrPromise


@dataclass(frozen=True, slots=True)
class ToldSpread:
    """Three copies, two kinds of places, one elsewhere: each with whether it is so, and the next step."""

    lines: Sequence[tuple[bool, str]]
    next_step: StrOrPromise


def of(standing: Standing, *, now: datetime) -> Told:
    tone, answer, why = _ANSWERS[standing.answer]
    suspicious, failed, test = standing.suspicious, standing.last_failed, standing.test
    return Told(
        tone,
        answer,
        f"{why} {whence(test)}" if test and standing.answer in _RESTS_ON_A_TEST else why,
        [sign_words.WORDS[one] for one in suspicious.signs] if suspicious else [],
        cause_in_words(failed.cause or "failed") if failed else "",
        minutes(test) if test else None,
    )


def whence(test: RestoreTest) -> str:
    """From where it was restored, and what it therefore says nothing of; empty of one that came to no place."""
    if test.place is None:
        return ""
    told = _("It came from «%(place)s».") % {"place": test.place.title}
    if not test.found.get("passed_over"):
        return told
    beside = _(
        "No place in another house could be tested then: of what is left after a fire, it says nothing."
    )
    return f"{told} {beside}"


def minutes(test: RestoreTest) -> int | None:
    """Until people could have signed in; begun ones count, and it is None of a test that didn't come so far."""
    seconds = test.found.get("answered_seconds")
    return None if seconds is None else max(1, -(-seconds // 60))


def place(one: ShownPlace) -> ToldPlace:
    seen = _("last seen %(ago)s") % {"ago": ago(one.days)} if one.days is not None else _("never seen")
    match one.state:
        case State.REACHED if one.is_on_own_disk:
            text = _("It lies on the same disk as Tryggve: when that breaks, this copy is gone, too.")
            return ToldPlace(one, _("→ On the same disk"), "warning", text)
        case State.REACHED:
            return ToldPlace(one, _("✓ Can be reached"), "good", "")
        case State.STAYS:
            text = _(
                "The disk has been here for days. Whoever breaks in to this computer can delete what lies on it, too: "
                "carry it away."
            )
            return ToldPlace(one, _("→ Never carried away"), "warning", text)
        case State.AWAY:
            text = _("The disk isn't here: %(seen)s. Attach it, and Tryggve goes on by itself.") % {
                "seen": seen
            }
            return ToldPlace(one, _("→ Not here now"), "warning", text)
        case State.NOT_SEEN:
            return ToldPlace(
                one, _("? Not known"), "", _("Tryggve hasn't been there lately: %(seen)s.") % {"seen": seen}
            )
        case State.NEW:
            return ToldPlace(one, _("? New"), "", _("Nothing was brought there yet."))
    return ToldPlace(one, _("✗ Can't be used"), "danger", cause_in_words(one.trouble))


def spread(places: Sequence[ShownPlace]) -> ToldSpread:
    told = engine.spread([_stands(one) for one in places])
    lines = (
        (
            told.copies >= engine.COPIES,
            _("Three copies: %(copies)s can be reached now, the computer's own among them")
            % {"copies": told.copies},
        ),
        (told.is_apart, _("Two kinds of places: one isn't always attached to this computer")),
        (told.is_elsewhere, _("One of them in another house")),
    )
    return ToldSpread(lines, _STEPS[told.next_step] if told.next_step else "")


def _stands(one: ShownPlace) -> engine.Stands:
    is_apart = (one.is_carried and one.state is not State.STAYS) or one.kind != Place.Kind.FOLDER
    return engine.Stands(
        one.holds_data, one.holds_keys, one.is_there, one.is_elsewhere, is_apart, one.is_on_own_disk
    )
