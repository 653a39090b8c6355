import socket
import threading
from collections.abc import Iterator

import pytest

from tryggve.domains.exposure.asking.name_service import MOST_QUESTIONS, NameService, Server
from tryggve.domains.exposure.engine import spf_walk
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.engine.troubles import Trouble
from tryggve.domains.exposure.tests import name_server
from tryggve.domains.exposure.tests.name_server import Lie, NameServer


@pytest.fixture
def asks(names: NameServer) -> NameService:
    return NameService([names.server], seconds=15, in_all=30)


def test_records_are_read_as_they_stand(names: NameServer, asks: NameService) -> None:
    names.records = {
        "annas.se TXT": ['"v=spf1 " "-all"', '"unrelated"'],
        "annas.se MX": ["20 reserv.se.", "10 MAIL.annas.se."],
        "annas.se NS": ["ns1.Loopia.se."],
        "annas.se A": ["192.0.2.1"],
        "annas.se AAAA": ["2001:db8::1"],
        "vila.se MX": ["0 ."],
    }

    assert sorted(asks.texts("annas.se")) == ["unrelated", "v=spf1 -all"]
    assert asks.mail_servers("annas.se") == ("mail.annas.se", "reserv.se")
    assert asks.mail_servers("vila.se") == ("",)
    assert asks.name_servers("annas.se") == ("ns1.loopia.se",)
    assert asks.addresses("annas.se") == ("192.0.2.1", "2001:db8::1")


def test_what_is_not_there_is_empty_and_a_name_that_is_not_is_known(
    names: NameServer, asks: NameService
) -> None:
    names.records = {"_dmarc.annas.se TXT": ['"v=DMARC1"']}

    assert (asks.texts("annas.se"), asks.is_there("annas.se")) == ((), True)
    assert (asks.texts("borta.se"), asks.is_there("borta.se")) == ((), False)


def test_nothing_is_asked_twice(names: NameServer, asks: NameService) -> None:
    names.records = {"annas.se TXT": ['"a"']}

    assert asks.texts("annas.se") == asks.texts("annas.se")
    assert names.asked == ["annas.se TXT"]


def test_an_alias_is_followed(names: NameServer, asks: NameService) -> None:
    names.records = {"a._domainkey.annas.se CNAME": ["a.keys.se."], "a.keys.se TXT": ['"p=x"']}

    assert asks.texts("a._domainkey.annas.se") == ("p=x",)


@pytest.mark.parametrize(
    ("lie", "cause"),
    [
        (name_server.silence, "no-dns"),
        (name_server.garbage, "no-dns"),
        (name_server.failure, "broken-dns"),
    ],
)
def test_no_usable_answer_is_not_an_empty_one(names: NameServer, lie: Lie, cause: str) -> None:
    names.lies["annas.se"] = lie

    with pytest.raises(Unread, match=cause):
        NameService([names.server], seconds=1).texts("annas.se")


def test_aliases_in_a_ring_come_to_an_end(names: NameServer, asks: NameService) -> None:
    names.records = {"annas.se CNAME": ["b.se."], "b.se CNAME": ["annas.se."]}

    with pytest.raises(Unread):
        asks.texts("annas.se")


def test_a_huge_text_is_cut(names: NameServer, asks: NameService) -> None:
    names.records = {"annas.se TXT": [" ".join(['"' + "a" * 250 + '"'] * 200)]}

    assert asks.texts("annas.se") == ("a" * 8192,)


def test_very_many_records_are_cut(names: NameServer, asks: NameService) -> None:
    names.records = {"annas.se TXT": [f'"{n}"' for n in range(500)]}

    assert len(asks.texts("annas.se")) == 64


def test_odd_bytes_are_read_as_such(names: NameServer, asks: NameService) -> None:
    names.records = {"annas.se TXT": [r'"v=spf1 \255\000 -all"']}

    assert asks.texts("annas.se") == ("v=spf1 \ufffd\x00 -all",)
    assert spf_walk.walk(asks, "annas.se").troubles == (Trouble.SPF_BROKEN,)


@pytest.mark.parametrize("name", ["a" * 64 + ".se", "a..se", ".".join(["a" * 60] * 6), "\ufffd.se", "\\"])
def test_a_name_that_is_none_is_not_there(asks: NameService, name: str) -> None:
    assert asks.texts(name) == ()


def test_twelve_lookups_are_counted(names: NameServer, asks: NameService) -> None:
    words = " ".join(f"include:s{n}.se" for n in range(12))
    names.records = {f"s{n}.se TXT": ['"v=spf1 ip4:192.0.2.1 -all"'] for n in range(12)}
    names.records["annas.se TXT"] = [f'"v=spf1 {words[:120]}" "{words[120:]} -all"']

    found = spf_walk.walk(asks, "annas.se")

    assert (found.lookups, found.troubles) == (12, (Trouble.SPF_TOO_MANY,))


def test_questions_come_to_an_end(names: NameServer) -> None:
    asks = NameService([names.server])
    for number in range(MOST_QUESTIONS):
        asks.texts(f"a{number}.se")

    with pytest.raises(Unread, match="endless-dns"):
        asks.texts("annas.se")


def test_time_comes_to_an_end(names: NameServer) -> None:
    asks = NameService([names.server], in_all=0)

    with pytest.raises(Unread, match="slow-dns"):
        asks.texts("annas.se")


@pytest.fixture
def mute() -> Iterator[Server]:
    """A port at which nobody answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        yield Server("127.0.0.1", line.getsockname()[1])


def test_the_next_server_is_asked_when_one_is_mute(names: NameServer, mute: Server) -> None:
    names.records = {"annas.se TXT": ['"a"']}

    assert NameService([mute, names.server], seconds=5).texts("annas.se") == ("a",)


def test_no_server_at_all_is_not_known(mute: Server) -> None:
    with pytest.raises(Unread, match="no-dns"):
        NameService([mute], seconds=0.2).texts("annas.se")


def test_an_answer_that_comes_late_is_not_waited_for(names: NameServer) -> None:
    names.records = {"annas.se TXT": ['"a"']}
    left, answered = threading.Event(), names.answer

    def late(question: bytes) -> bytes | None:
        left.wait(3)
        names.lies.clear()
        return answered(question)

    names.lies["annas.se"] = late
    with pytest.raises(Unread):
        NameService([names.server], in_all=0.3).texts("annas.se")
    left.set()
