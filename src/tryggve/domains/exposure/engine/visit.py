"""A visit to one site: the open door, the encrypted one, and where both lead."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from tryggve.domains.exposure.engine import names, web
from tryggve.domains.exposure.engine.questions import CutOff, Unread
from tryggve.domains.exposure.engine.web import Answer, Certificate, Hole, NoLine, Tip, Unfetched

MOST_STEPS = 5
_MOVED = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Place:
    """An address on the web, without a name before an @ and without another port than the usual."""

    is_encrypted: bool
    host: str
    path: str = "/"

    @property
    def in_full(self) -> str:
        return f"{'https' if self.is_encrypted else 'http'}://{self.host}{self.path}"


# Raises Unfetched, NoLine where nobody answers the call, and Unread where nothing can be known. Of what comes
# unencrypted the status is enough.
Fetch = Callable[[Place], Answer]


@dataclass(frozen=True, slots=True)
class SiteFindings:
    """What visitors meet. ``steps`` is how often they are sent on, ``certificate`` the one that ends first."""

    holes: tuple[Hole, ...]
    tips: tuple[Tip, ...] = ()
    status: int = 0
    steps: int = 0
    certificate: Certificate | None = None
    encryption: str = ""
    hsts_seconds: int = 0


@dataclass(frozen=True, slots=True)
class _Course:
    answers: tuple[tuple[Place, Answer], ...]
    hole: Hole | None


def visit(fetch: Fetch, host: str, *, own: Iterable[str], at: datetime) -> SiteFindings:
    """Go in by both doors, and on to names that are the firm's ``own`` (or lie under one) and to no other.

    Raises Unread.
    """
    within = (*own, host, host.removeprefix("www."))
    course = _followed(fetch, Place(True, host), within)
    if not course.answers:
        return SiteFindings((course.hole or Hole.UNREACHABLE,))
    opened = _open_door(fetch, host, within)
    holes = [hole for hole in (course.hole, opened) if isinstance(hole, Hole)]
    first, last = course.answers[0][1], course.answers[-1][1]
    certificates = [answer.certificate for _place, answer in course.answers if answer.certificate]
    if any(one.ends_soon(at) for one in certificates):
        holes.append(Hole.CERTIFICATE_ENDS)
    if not web.hsts_seconds(first.headers):
        holes.append(Hole.NO_HSTS)
    if isinstance(opened, Unread) and not holes:
        raise opened
    return SiteFindings(
        tuple(dict.fromkeys(holes)),
        web.tips(first, last) if course.hole is None else (),
        last.status,
        len(course.answers) - 1,
        min(certificates, key=lambda one: one.ends_at, default=None),
        first.encryption,
        web.hsts_seconds(first.headers),
    )


def _open_door(fetch: Fetch, host: str, within: tuple[str, ...]) -> Hole | Unread | None:
    """Who comes unencrypted must be sent to the encrypted door, or find none open.

    It is shut where nobody answers the call, or hangs up without a word. The encrypted door has shown that this
    computer gets out.
    """
    try:
        answer = fetch(Place(False, host))
    except (NoLine, CutOff):
        return None
    except Unread as unread:
        return unread
    except Unfetched as fault:
        if fault.hole == Hole.TOO_SLOW:
            return Unread("slow-site")
        return Hole.STAYS_OPEN if fault.hole == Hole.NOT_A_WEBSITE else None
    if answer.status not in _MOVED:
        return Hole.STAYS_OPEN if answer.status < 400 else None
    following = _next(Place(False, host), answer)
    if following is None or not following.is_encrypted:
        return Hole.STAYS_OPEN
    return None if _is_own(following, within) else Hole.LEADS_AWAY


def _followed(fetch: Fetch, place: Place, within: tuple[str, ...]) -> _Course:
    answers: list[tuple[Place, Answer]] = []
    try:
        while True:
            answer = fetch(place)
            answers.append((place, answer))
            if answer.status not in _MOVED:
                return _Course(tuple(answers), web.hole_of_status(answer.status))
            place = _onward(_next(place, answer), within, len(answers))
    except Unfetched as fault:
        return _Course(tuple(answers), fault.hole)


def _onward(following: Place | None, within: tuple[str, ...], steps: int) -> Place:
    if following is None:
        raise Unfetched(Hole.NOT_A_WEBSITE)
    if not following.is_encrypted:
        raise Unfetched(Hole.STAYS_OPEN)
    if not _is_own(following, within):
        raise Unfetched(Hole.LEADS_AWAY)
    if steps > MOST_STEPS:
        raise Unfetched(Hole.ROUND_AND_ROUND)
    return following


def _is_own(place: Place, within: tuple[str, ...]) -> bool:
    return any(names.is_within(place.host, one) for one in within)


def _next(place: Place, answer: Answer) -> Place | None:
    """Where the answer sends its reader; None where that is nowhere a browser should go."""
    try:
        parts = urlsplit(urljoin(place.in_full, answer.headers.get("location", "")))
        port, host = parts.port, names.normalised(parts.hostname or "")
    except ValueError:
        return None
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    if usual is None or port not in {None, usual} or parts.username is not None:
        return None
    asked = f"{parts.path or '/'}?{parts.query}".removesuffix("?")
    if not answer.headers.get("location") or not asked.isascii() or not asked.isprintable() or " " in asked:
        return None
    return Place(parts.scheme == "https", host, asked)
