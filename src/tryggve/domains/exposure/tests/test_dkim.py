import base64
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.exposure import mail_hosts
from tryggve.domains.exposure.engine import dkim
from tryggve.domains.exposure.engine.dkim import Key
from tryggve.domains.exposure.engine.troubles import Trouble
from tryggve.domains.exposure.tests.zone import Zone


@cache
def rsa(bits: int) -> str:
    """The words of a record with a new key of that length."""
    key = generate_private_key(65537, bits).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"


def _ed25519() -> str:
    key = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"v=DKIM1; k=ed25519; p={base64.b64encode(key).decode()}"


def test_a_key_is_as_long_as_it_is() -> None:
    assert dkim.read("a", rsa(2048)) == Key("a", 2048)
    assert dkim.read("a", rsa(2048).removeprefix("v=DKIM1; k=rsa; ")) == Key("a", 2048)
    assert dkim.read("a", _ed25519()) == Key("a", 3072)


def test_an_empty_key_was_withdrawn() -> None:
    assert dkim.read("a", "v=DKIM1; p=") == Key("a", 0, is_withdrawn=True)


@pytest.mark.parametrize("text", ["", "v=spf1 -all", "v=DKIM2; p=AAAA", "k=rsa", "p"])
def test_another_text_is_no_key(text: str) -> None:
    assert dkim.read("a", text) is None


@pytest.mark.parametrize("text", ["p=%%%%", "p=AAAA", "k=ed25519; p=AAAA", "k=lattice; p=AAAA", "p=\ufffd"])
def test_a_key_that_cannot_be_read_is_worth_nothing(text: str) -> None:
    assert dkim.read("a", text) == Key("a", 0)


@pytest.mark.parametrize(
    ("records", "troubles"),
    [
        ({}, (Trouble.DKIM_MISSING,)),
        ({"a": "v=DKIM1; p="}, (Trouble.DKIM_MISSING,)),
        ({"a": "p=AAAA"}, (Trouble.DKIM_BROKEN,)),
        ({"a": rsa(1024)}, (Trouble.DKIM_WEAK,)),
        ({"a": rsa(2048), "b": rsa(1024)}, (Trouble.DKIM_WEAK,)),
        ({"a": rsa(2048), "b": "v=DKIM1; p="}, ()),
        ({"a": rsa(2048), "b": "p=AAAA"}, ()),
    ],
)
def test_what_is_wrong_with_keys(records: dict[str, str], troubles: tuple[Trouble, ...]) -> None:
    zone = Zone({f"{selector}._domainkey.annas.se TXT": [text] for selector, text in records.items()})

    assert dkim.find(zone, "annas.se", ["a", "b", "a"]).troubles == troubles
    assert len(zone.asked) == 2


def test_own_selectors_are_asked_first_and_the_hosts_own_next() -> None:
    hosts = mail_hosts.known()
    microsoft = hosts.of_mail(["annas-se.mail.protection.outlook.com"])

    asked = hosts.selectors_for(microsoft, ["egen"])

    assert asked[:3] == ("egen", "selector1", "selector2")
    assert len(asked) <= 32


@given(st.text(max_size=200))
def test_any_text_is_read_or_passed_over(text: str) -> None:
    found = dkim.read("a", text)

    assert found is None or found.bits >= 0
