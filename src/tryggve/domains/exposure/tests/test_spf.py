import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.exposure.engine import spf, spf_walk
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.engine.spf import BadRecord
from tryggve.domains.exposure.engine.spf_walk import Walked
from tryggve.domains.exposure.engine.troubles import Advice, Trouble
from tryggve.domains.exposure.tests.zone import Zone


def walked(record: str, **more: str) -> Walked:
    """The walk from annas.se; ``more`` are texts of other names, with ``_`` for dots."""
    records = {f"{name.replace('_', '.')} TXT": [text] for name, text in more.items()}
    return spf_walk.walk(Zone({"annas.se TXT": [record, "unrelated"], **records}), "annas.se")


@pytest.mark.parametrize(
    ("record", "troubles"),
    [
        ("v=spf1 ip4:192.0.2.1 -all", ()),
        ("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all", ()),
        ("V=SPF1 IP4:192.0.2.1 -ALL", ()),
        ("v=spf1  ip4:192.0.2.1   -all  ", ()),
        ("v=spf1 ip4:192.0.2.1 exp=explain.annas.se x-more=1 -all", ()),
        ("v=spf1", (Trouble.SPF_OPEN,)),
        ("v=spf1 ip4:192.0.2.1", (Trouble.SPF_OPEN,)),
        ("v=spf1 ip4:192.0.2.1 ?all", (Trouble.SPF_OPEN,)),
        ("v=spf1 +all", (Trouble.SPF_OPEN,)),
        ("v=spf1 all", (Trouble.SPF_OPEN,)),
        ("v=spf1 ip4:0.0.0.0/0 -all", (Trouble.SPF_OPEN,)),
        ("v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all", (Trouble.SPF_OPEN,)),
        ("v=spf1 -ip4:0.0.0.0/0 -all", ()),
        ("v=spf1 ip4:192.0.2.0/255.255.255.0 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 ip4:192.0.2.0/0.0.0.255 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 ip4:192.0.2.0/024 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 ip6:2001:db8::/129 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 a/33 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 a:annas.se/99 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 mx//129 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 a:annas.se/1234 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 -all ip4:0.0.0.0/0 include:never.asked", ()),
        ("v=spf1 ip4:192.0.2.300 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 ip4:192.0.2.1 -all.", (Trouble.SPF_BROKEN,)),
        ("v=spf1 include: -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 include -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 all:annas.se", (Trouble.SPF_BROKEN,)),
        ("v=spf1 include:a.se/24 -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 sender:a.se -all", (Trouble.SPF_BROKEN,)),
        ("v=spf1 redirect=a.se redirect=b.se", (Trouble.SPF_BROKEN,)),
        ("v=spf1,ip4:192.0.2.1 -all", (Trouble.SPF_MISSING,)),
        ("spf1 -all", (Trouble.SPF_MISSING,)),
        ("v=spf1 ip4:192.0.2.1\ufffd -all", (Trouble.SPF_BROKEN,)),
    ],
)
def test_what_a_record_says_by_itself(record: str, troubles: tuple[Trouble, ...]) -> None:
    assert walked(record).troubles == troubles


@pytest.mark.parametrize(
    ("term", "troubles"),
    [
        ("a", ()),
        ("a/24", ()),
        ("mx/24//64", ()),
        ("a/0", (Trouble.SPF_OPEN,)),
        ("mx/7", (Trouble.SPF_OPEN,)),
        ("mx//0", (Trouble.SPF_OPEN,)),
        ("a:fixed.se/1", (Trouble.SPF_OPEN,)),
        ("-a/0", ()),
        ("exists:fixed.se", (Trouble.SPF_OPEN,)),
        ("-exists:fixed.se", ()),
        ("exists:gone.se", ()),
        ("exists:new.se", ()),
        ("exists:%{i}.fixed.se", ()),
    ],
)
def test_a_term_that_lets_everybody_in_is_found_out(term: str, troubles: tuple[Trouble, ...]) -> None:
    zone = Zone({
        "annas.se TXT": [f"v=spf1 {term} -all"],
        "annas.se A": ["192.0.2.1"],
        "annas.se MX": ["mx.annas.se"],
        "fixed.se A": ["192.0.2.5"],
        "new.se A": ["2001:db8::5"],
    })  # fmt: skip

    assert spf_walk.walk(zone, "annas.se").troubles == troubles


def test_two_records_count_as_none() -> None:
    zone = Zone({"annas.se TXT": ["v=spf1 -all", "v=spf1 mx -all"]})

    assert spf_walk.walk(zone, "annas.se").troubles == (Trouble.SPF_TWICE,)


def _nested(count: int) -> dict[str, list[str]]:
    return {f"s{n}.se TXT": ["v=spf1 ip4:192.0.2.1 -all"] for n in range(count)}


@pytest.mark.parametrize(
    ("count", "troubles"), [(10, ()), (11, (Trouble.SPF_TOO_MANY,)), (12, (Trouble.SPF_TOO_MANY,))]
)
def test_more_than_ten_lookups_are_too_many(count: int, troubles: tuple[Trouble, ...]) -> None:
    words = " ".join(f"include:s{n}.se" for n in range(count))
    zone = Zone({"annas.se TXT": [f"v=spf1 {words} -all"], **_nested(count)})

    found = spf_walk.walk(zone, "annas.se")

    assert (found.lookups, found.troubles) == (count, troubles)


def test_lookups_of_what_is_included_count_too() -> None:
    found = walked(
        "v=spf1 include:a.se mx -all",
        a_se="v=spf1 include:b.se a:mail.a.se exists:%{i}.a.se ptr ~all",
        b_se="v=spf1 redirect=c.se",
        c_se="v=spf1 ip4:192.0.2.1 ~all",
    )

    assert found.lookups == 7
    assert found.advice == (Advice.SPF_PTR,)


def test_a_redirect_says_where_it_ends() -> None:
    assert walked("v=spf1 redirect=a.se", a_se="v=spf1 ip4:192.0.2.1 -all").troubles == ()
    assert walked("v=spf1 redirect=a.se", a_se="v=spf1 ?all").troubles == (Trouble.SPF_OPEN,)


def test_an_include_that_lets_everybody_in_does_so_here_too() -> None:
    assert walked("v=spf1 include:a.se -all", a_se="v=spf1 +all").troubles == (Trouble.SPF_OPEN,)
    assert walked("v=spf1 include:a.se -all", a_se="v=spf1 ?all").troubles == ()


@pytest.mark.parametrize("included", ["nothing like it", "v=spf1 include: -all"])
def test_an_include_that_leads_to_no_record_breaks_all(included: str) -> None:
    assert walked("v=spf1 include:a.se -all", a_se=included).troubles == (Trouble.SPF_INCLUDE_BROKEN,)


def test_includes_in_a_ring_are_found_out() -> None:
    found = walked("v=spf1 include:a.se -all", a_se="v=spf1 include:annas.se -all")

    assert found.troubles == (Trouble.SPF_INCLUDE_BROKEN,)


def test_a_record_that_leads_on_for_ever_is_left() -> None:
    zone = Zone(
        {f"s{n}.se TXT": [f"v=spf1 include:s{n + 1}.se include:s{n + 2}.se -all"] for n in range(200)}
    )

    found = spf_walk.walk(zone, "s0.se")

    assert Trouble.SPF_TOO_MANY in found.troubles
    assert len(zone.asked) < 50


@pytest.mark.parametrize(("count", "troubles"), [(2, ()), (3, (Trouble.SPF_TOO_VOID,))])
def test_three_names_that_are_gone_are_too_many(count: int, troubles: tuple[Trouble, ...]) -> None:
    words = " ".join(f"a:gone{n}.se" for n in range(count))

    found = walked(f"v=spf1 {words} -all")

    assert (found.voids, found.troubles) == (count, troubles)


def test_eleven_mail_servers_are_too_many_to_ask_for() -> None:
    records = {"annas.se TXT": ["v=spf1 mx -all"], "annas.se MX": [f"m{n}.se" for n in range(11)]}

    assert spf_walk.walk(Zone(records), "annas.se").troubles == (Trouble.SPF_TOO_MANY,)


def test_what_cannot_be_asked_is_not_known() -> None:
    zone = Zone({"annas.se TXT": ["v=spf1 include:a.se -all"]}, silent=["a.se"])

    with pytest.raises(Unread):
        spf_walk.walk(zone, "annas.se")


@given(st.text(max_size=300).map(lambda text: f"v=spf1 {text}"))
def test_any_record_is_read_or_refused(text: str) -> None:
    try:
        record = spf.read(text)
    except BadRecord:
        return
    assert record.ending in {"", "+", "-", "~", "?"}
