import dataclasses
import errno
import socket
from datetime import timedelta

import pytest

from tryggve.domains.exposure.asking import fetching
from tryggve.domains.exposure.asking.fetching import Fetching
from tryggve.domains.exposure.asking.reach import Reach
from tryggve.domains.exposure.engine.questions import CutOff, Unread
from tryggve.domains.exposure.engine.visit import Place
from tryggve.domains.exposure.engine.web import Answer, Hole, NoLine, Unfetched
from tryggve.domains.exposure.tests import web_server
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.exposure.tests.web_server import Says, Websites
from tryggve.domains.exposure.tests.zone import Zone

HERE = Zone({"annas.se A": ["127.0.0.1"]})
SEALED, OPEN = Place(True, "annas.se"), Place(False, "annas.se")


def fetch(reach: Reach, place: Place = SEALED, *, zone: Zone = HERE) -> Answer:
    return Fetching(zone, reach).fetch(place)


def hole(reach: Reach, place: Place = SEALED, *, zone: Zone = HERE) -> Hole:
    with pytest.raises(Unfetched) as unfetched:
        fetch(reach, place, zone=zone)
    return unfetched.value.hole


def test_a_page_is_fetched_with_all_that_is_told_of_it(websites: Websites, reach: Reach) -> None:
    websites.pages["annas.se/"] = web_server.page(b"<h1>Annas</h1>")

    answer = fetch(reach)

    assert (answer.status, answer.begins, answer.encryption) == (200, b"<h1>Annas</h1>", "tlsv1-3")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.certificate is not None
    assert answer.certificate.ends_at - answer.certificate.begins_at == timedelta(days=90)


def test_a_page_in_clear_has_no_certificate(websites: Websites, reach: Reach) -> None:
    websites.open_pages["annas.se/"] = web_server.page()

    assert (fetch(reach, OPEN).certificate, fetch(reach, OPEN).encryption) == (None, "")


def test_a_redirect_is_told_and_not_followed(websites: Websites, reach: Reach) -> None:
    websites.pages["annas.se/"] = web_server.moved("https://annas.se/hem")

    assert (fetch(reach).status, fetch(reach).headers["location"]) == (301, "https://annas.se/hem")
    assert "https://annas.se/hem" not in websites.visits


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (web_server.hang, Hole.TOO_SLOW),
        (web_server.drip, Hole.TOO_SLOW),
        (web_server.huge_headers, Hole.NOT_A_WEBSITE),
        (web_server.many_headers, Hole.NOT_A_WEBSITE),
        (web_server.noise, Hole.NOT_A_WEBSITE),
        (web_server.hang_up, Hole.UNREACHABLE),
    ],
)
def test_a_site_that_plays_tricks_comes_to_an_end(
    websites: Websites, reach: Reach, says: Says, told: Hole
) -> None:
    websites.pages["annas.se/"] = says

    assert hole(dataclasses.replace(reach, seconds=2 if told == Hole.TOO_SLOW else 60)) == told


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (web_server.hang, Hole.TOO_SLOW),
        (web_server.noise, Hole.NOT_A_WEBSITE),
        (web_server.hang_up, Hole.UNREACHABLE),
    ],
)
def test_an_open_door_without_a_status_is_told(
    websites: Websites, reach: Reach, says: Says, told: Hole
) -> None:
    websites.open_pages["annas.se/"] = says

    assert hole(dataclasses.replace(reach, seconds=2 if told == Hole.TOO_SLOW else 60), OPEN) == told


@pytest.mark.parametrize("says", [web_server.drip, web_server.dripping_body, web_server.huge_headers])
def test_an_open_door_is_judged_by_its_status(websites: Websites, reach: Reach, says: Says) -> None:
    websites.open_pages["annas.se/"] = says

    answer = fetch(dataclasses.replace(reach, seconds=2), OPEN)

    assert (answer.status, answer.begins) == (200, b"")


def test_an_open_door_has_time_of_its_own(websites: Websites, reach: Reach) -> None:
    websites.open_pages["annas.se/"] = web_server.page()

    assert fetch(dataclasses.replace(reach, seconds_in_all=0), OPEN).status == 200


@pytest.mark.parametrize(("place", "port"), [(SEALED, "https"), (OPEN, "http")])
def test_a_door_that_is_shut_is_told_apart(reach: Reach, place: Place, port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        free = gone.getsockname()[1]

    with pytest.raises(NoLine):
        fetch(dataclasses.replace(reach, **{port: free}), place)


@pytest.mark.parametrize(
    ("number", "told"), [(errno.EHOSTUNREACH, NoLine), (errno.ENETUNREACH, CutOff), (errno.ENETDOWN, CutOff)]
)
def test_a_host_that_is_gone_is_not_this_computers_fault(
    reach: Reach, monkeypatch: pytest.MonkeyPatch, number: int, told: type[Exception]
) -> None:
    def refuse(*_place: object, **_how: object) -> None:
        raise OSError(number, "no way")

    monkeypatch.setattr(socket, "create_connection", refuse)

    with pytest.raises(told):
        fetch(reach)
    assert Fetching(HERE, reach).text_at(SEALED) is None


def test_a_text_whose_name_cannot_be_asked_for_is_not_known(reach: Reach) -> None:
    with pytest.raises(Unread):
        Fetching(Zone({}, silent=["annas.se"]), reach).text_at(SEALED)


def test_a_page_without_an_end_is_read_in_part(websites: Websites, reach: Reach) -> None:
    websites.pages["annas.se/"] = web_server.endless_body

    assert len(fetch(reach).begins) == fetching.LARGEST_BYTES


@pytest.mark.parametrize(
    ("name", "begins", "ends", "told"),
    [
        ("annas.se", -60, -1, Hole.CERTIFICATE_EXPIRED),
        ("annas.se", 1, 60, Hole.CERTIFICATE_EXPIRED),
        ("bos.se", -30, 60, Hole.CERTIFICATE_OTHER_NAME),
    ],
)
def test_a_wrong_certificate_is_told(
    authority: Authority, name: str, begins: int, ends: int, told: Hole
) -> None:
    context = authority.context(name, begins=timedelta(days=begins), ends=timedelta(days=ends))
    with Websites(context) as websites:
        assert hole(Reach(True, websites.http, websites.https, str(authority.file))) == told
        assert websites.visits == []


def test_a_certificate_that_nobody_trusts_is_told(websites: Websites) -> None:
    assert hole(Reach(True, websites.http, websites.https)) == Hole.CERTIFICATE_UNTRUSTED


def test_a_server_without_encryption_is_told(websites: Websites, reach: Reach) -> None:
    assert hole(Reach(True, websites.http, websites.http, reach.authority)) == Hole.NO_ENCRYPTION


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], ["127.0.0.1"], ["169.254.169.254"], ["::ffff:127.0.0.1"], ["8.8.8.8", "127.0.0.1"]],
)
def test_no_address_within_walls_is_called(websites: Websites, reach: Reach, addresses: list[str]) -> None:
    usual = Reach(http=reach.http, https=reach.https, authority=reach.authority)

    assert hole(usual, zone=Zone({"annas.se A": addresses})) == Hole.PRIVATE_ADDRESS
    assert websites.visits == []


def test_the_open_door_of_tests_leads_here_and_nowhere_else(reach: Reach) -> None:
    assert hole(reach, zone=Zone({"annas.se A": ["192.168.1.1"]})) == Hole.PRIVATE_ADDRESS


def test_a_name_that_leads_nowhere_is_told(reach: Reach) -> None:
    assert hole(reach, zone=Zone({})) == Hole.NO_SUCH_NAME


def test_the_second_address_is_tried_when_the_first_refuses(websites: Websites, reach: Reach) -> None:
    websites.pages["annas.se/"] = web_server.page()

    answer = fetch(reach, zone=Zone({"annas.se A": ["127.0.0.2", "127.0.0.1"]}))

    assert answer.status == 200


def test_all_pages_together_come_to_an_end(reach: Reach) -> None:
    assert hole(dataclasses.replace(reach, seconds_in_all=0)) == Hole.TOO_SLOW


def test_a_text_is_read_where_there_is_one(websites: Websites, reach: Reach) -> None:
    websites.pages["annas.se/policy"] = web_server.page("mode: enforce å".encode())

    assert Fetching(HERE, reach).text_at(Place(True, "annas.se", "/policy")) == "mode: enforce å"
    assert Fetching(HERE, reach).text_at(Place(True, "annas.se", "/missing")) is None
    assert Fetching(Zone({}), reach).text_at(SEALED) is None
