import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.exposure import mail_hosts
from tryggve.domains.exposure.engine import names
from tryggve.domains.exposure.engine.names import NotAName


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("annas.se", "annas.se"),
        (" https://WWW.Annas.se/om-oss?x=1#y ", "www.annas.se"),
        ("http://annas.se:8080", "annas.se"),
        ("info@annas.se", "annas.se"),
        ("åsas-bod.se", "xn--sas-bod-dxa.se"),
        ("smørrebrød.dk.", "xn--smrrebrd-64af.dk"),
        ("xn--sas-bod-dxa.se", "xn--sas-bod-dxa.se"),
    ],
)
def test_a_name_is_read_as_people_write_it(told: str, name: str) -> None:
    assert names.normalised(told) == name


@pytest.mark.parametrize(
    "told",
    [
        "",
        "annas",
        "localhost",
        "skrivare.local",
        "server.internal",
        "10.0.0.1",
        "http://127.0.0.1/",
        "[::1]",
        "annas..se",
        "-annas.se",
        "annas_.se",
        "a b.se",
        "a" * 64 + ".se",
        ".".join(["a" * 60] * 5),
        "annas.se\x00.dk",
    ],
)
def test_what_the_world_cannot_look_up_is_no_name(told: str) -> None:
    with pytest.raises(NotAName):
        names.normalised(told)


@given(st.text(max_size=300))
def test_a_name_is_read_or_refused_and_reads_the_same_again(told: str) -> None:
    try:
        name = names.normalised(told)
    except NotAName:
        return
    assert names.normalised(name) == name
    assert name.isascii()
    assert len(name) <= names.LONGEST


def test_a_name_is_shown_with_its_letters() -> None:
    assert names.shown(names.normalised("åsas-bod.se")) == "åsas-bod.se"


def test_a_mailbox_at_a_provider_of_everybody_tells_no_domain() -> None:
    lent = mail_hosts.known().lent

    assert names.own_domain_of("anna@annas.se", lent=lent) == "annas.se"
    assert names.own_domain_of("anna@gmail.com", lent=lent) is None
    assert names.own_domain_of("anna", lent=lent) is None


def test_a_name_that_only_ends_alike_is_not_within() -> None:
    assert names.is_within("www.annas.se", "annas.se")
    assert not names.is_within("notannas.se", "annas.se")
