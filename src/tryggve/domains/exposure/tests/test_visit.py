from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from tryggve.domains.exposure.engine import visit, web
from tryggve.domains.exposure.engine.questions import CutOff, Unread
from tryggve.domains.exposure.engine.visit import Place, SiteFindings
from tryggve.domains.exposure.engine.web import Answer, Certificate, Hole, NoLine, Tip, Unfetched

AT = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
GOOD = {
    "strict-transport-security": "max-age=31536000",
    "content-security-policy": "frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
OPEN, SEALED = "http://annas.se/", "https://annas.se/"


def certificate(left: timedelta, whole: timedelta = timedelta(days=90)) -> Certificate:
    return Certificate(AT + left - whole, AT + left)


def page(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {**GOOD, **told}, body, certificate(timedelta(days=60)), "tlsv1-3")


def moved(to: str) -> Answer:
    return page(301, location=to)


def visited(answers: Mapping[str, Answer | Hole], *own: str) -> SiteFindings:
    def fetch(place: Place) -> Answer:
        found = answers.get(place.in_full, Hole.UNREACHABLE)
        if isinstance(found, Hole):
            raise Unfetched(found)
        return found

    return visit.visit(fetch, "annas.se", own=own, at=AT)


def test_a_site_with_which_all_is_well() -> None:
    found = visited({OPEN: moved(SEALED), SEALED: page()})

    assert found == SiteFindings((), (), 200, 0, certificate(timedelta(days=60)), "tlsv1-3", 31536000)


def test_a_site_whose_open_door_is_shut_is_as_safe() -> None:
    assert visited({SEALED: page()}).holes == ()


@pytest.mark.parametrize("fault", [NoLine(Hole.TOO_SLOW), NoLine(Hole.UNREACHABLE), CutOff()])
def test_an_open_door_at_which_nobody_answers_is_shut(fault: Exception) -> None:
    def fetch(place: Place) -> Answer:
        if place.is_encrypted:
            return page()
        raise fault

    assert visit.visit(fetch, "annas.se", own=(), at=AT).holes == ()


def test_an_open_door_that_takes_its_time_is_not_shut() -> None:
    with pytest.raises(Unread, match="slow-site"):
        visited({SEALED: page(), OPEN: Hole.TOO_SLOW})


@pytest.mark.parametrize(
    ("answers", "holes"),
    [
        ({}, (Hole.UNREACHABLE,)),
        ({SEALED: Hole.CERTIFICATE_EXPIRED, OPEN: page()}, (Hole.CERTIFICATE_EXPIRED,)),
        ({SEALED: page(500)}, (Hole.FAULT,)),
        ({SEALED: page(404)}, (Hole.CLOSED,)),
        ({SEALED: page(), OPEN: page()}, (Hole.STAYS_OPEN,)),
        ({SEALED: page(), OPEN: moved("http://annas.se/hem")}, (Hole.STAYS_OPEN,)),
        ({SEALED: page(), OPEN: Hole.NOT_A_WEBSITE}, (Hole.STAYS_OPEN,)),
        ({SEALED: page(404), OPEN: Hole.TOO_SLOW}, (Hole.CLOSED,)),
        ({SEALED: page(), OPEN: moved("https://mallory.example/")}, (Hole.LEADS_AWAY,)),
        ({SEALED: moved("https://mallory.example/")}, (Hole.LEADS_AWAY,)),
        ({SEALED: moved("https://notannas.se/")}, (Hole.LEADS_AWAY,)),
        ({SEALED: moved("http://annas.se/hem")}, (Hole.STAYS_OPEN,)),
        ({SEALED: moved("https://annas.se:22/")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("https://anna:secret@annas.se/")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("file:///etc/passwd")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("gopher://annas.se/")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("https://127.0.0.1/")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("https://[::1/")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("/a b")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("")}, (Hole.NOT_A_WEBSITE,)),
        ({SEALED: moved("/")}, (Hole.ROUND_AND_ROUND,)),
        ({SEALED: page(strict_transport_security="max-age=0")}, (Hole.NO_HSTS,)),
        ({SEALED: page(strict_transport_security="includeSubDomains")}, (Hole.NO_HSTS,)),
    ],
)
def test_what_is_wrong_with_a_site(answers: dict[str, Answer | Hole], holes: tuple[Hole, ...]) -> None:
    assert visited(answers).holes == holes


def test_a_site_may_lead_to_another_name_of_the_firms() -> None:
    shop = "https://annas-butik.se/"
    answers = {SEALED: moved("https://www.annas.se/"), "https://www.annas.se/": moved(shop), shop: page()}

    found = visited(answers, "annas-butik.se")

    assert (found.holes, found.steps) == ((), 2)


def test_a_redirect_is_followed_five_times() -> None:
    def ring(steps: int) -> dict[str, Answer]:
        there = {f"https://annas.se/{n}": moved(f"/{n + 1}") for n in range(1, steps)}
        return {SEALED: moved("/1"), **there, f"https://annas.se/{steps}": page()}

    assert visited(ring(5)).holes == ()
    assert visited(ring(6)).holes == (Hole.ROUND_AND_ROUND,)


@pytest.mark.parametrize(
    ("left", "whole", "soon"),
    [
        (timedelta(days=14), timedelta(days=90), False),
        (timedelta(days=13), timedelta(days=90), True),
        (timedelta(days=2), timedelta(days=6), False),
        (timedelta(days=1), timedelta(days=6), True),
    ],
)
def test_a_certificate_ends_soon_by_its_own_length(left: timedelta, whole: timedelta, soon: bool) -> None:
    assert certificate(left, whole).ends_soon(AT) is soon


@pytest.mark.parametrize(
    ("answer", "tip"),
    [
        (page(strict_transport_security="max-age=3600"), Tip.HSTS_SHORT),
        (page(x_content_type_options="sniff"), Tip.GUESSES_TYPES),
        (page(content_security_policy="default-src 'self'"), Tip.MAY_BE_FRAMED),
        (page(body=b'<META content="WordPress 6.4.1" name="generator">'), Tip.TELLS_VERSION),
    ],
)
def test_what_would_be_better_still(answer: Answer, tip: Tip) -> None:
    assert visited({SEALED: answer}).tips == (tip,)


def test_a_page_with_many_openings_is_read_in_no_time() -> None:
    assert web.tips(page(), page(body=b"<meta name='generator'" * 6000 + b"<meta " * 6000)) == ()


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("max-age=31536000", 31536000),
        ('MAX-AGE="5" ; preload', 5),
        ("preload; max-age=7", 7),
        ("max-age=-1", 0),
        ("max-age=9999999999999", 0),
        ("max-age=", 0),
        ("", 0),
    ],
)
def test_how_long_browsers_come_encrypted(told: str, seconds: int) -> None:
    assert web.hsts_seconds({"strict-transport-security": told}) == seconds
