from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tryggve import vault
from tryggve.notices import letters, recipients
from tryggve.notices.letters import Letter
from tryggve.notices.recipients import Recipient
from tryggve.notices.registry import Kind

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MESSAGE, OTHER = (UUID(int=number) for number in (1, 2))
KIND = Kind("notices.x", "x", "Test mail from %(firm)s", "setup/notices/test_mail.txt")


def _to(language: str = "en") -> Recipient:
    return Recipient("user:x", "bo@example.se", language)


def _rendered(firm: str) -> Letter:
    return letters.rendered(KIND, to=_to(), facts={"firm": firm})


def test_text_is_plain_and_not_escaped_as_html() -> None:
    letter = _rendered("Bo & «söner» <AB>")
    assert (letter.address, letter.subject) == ("bo@example.se", "Test mail from Bo & «söner» <AB>")
    assert "Mail from Bo & «söner» <AB> arrives." in letter.text


def test_fact_with_a_percent_sign_stays() -> None:
    assert _rendered("100 %(firm)s").subject == "Test mail from 100 %(firm)s"


def test_fact_that_the_subject_wants_must_be_given() -> None:
    with pytest.raises(KeyError):
        letters.rendered(KIND, to=_to(), facts={})


@given(firm=st.text())
def test_no_fact_breaks_out_of_the_subject(firm: str) -> None:
    letter = _rendered(firm)
    sender, to = letters.address_of("tryggve@example.se", firm), letters.address_of("bo@example.se")
    mail = letters.as_mail(letter, sender=sender, to=to, message=MESSAGE, made_at=AT)
    head = mail.as_bytes().partition(b"\r\n\r\n")[0]
    names = [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
    assert sorted(names) == sorted(
        [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"Content-Type",
         b"Content-Transfer-Encoding", b"MIME-Version"]
    )  # fmt: skip
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert b"\n" not in head.replace(b"\r\n", b"")


def test_sealed_letter_opens_for_its_own_row_only() -> None:
    letter = _rendered("Annas Snickeri")
    blob = letters.sealed(letter, MESSAGE)
    assert letters.opened(blob, MESSAGE) == letter
    with pytest.raises(vault.Damaged):
        letters.opened(blob, OTHER)


def test_letter_to_a_customer_opens_with_the_customers_key_alone() -> None:
    letter, customer = _rendered("Annas Snickeri"), uuid4()
    [key] = vault.keyring().create_keys([customer])
    to = recipients.customer(customer, address="cilla@example.se", language="sv", key=key)
    blob = letters.sealed(letter, MESSAGE, to)
    assert vault.key_id_of(blob) == key
    assert letters.opened(blob, MESSAGE, to.ref) == letter
    for message, ref in ((OTHER, to.ref), (MESSAGE, f"customer:{uuid4()}")):
        with pytest.raises(vault.Damaged):
            letters.opened(blob, message, ref)
    vault.keyring().erase_keys({customer: [key]}, at=AT)
    with pytest.raises(vault.KeyGone):
        letters.opened(blob, MESSAGE, to.ref)


def test_letter_does_not_show_itself() -> None:
    assert "bo@example.se" not in repr(_rendered("x")) + repr(_to())


@pytest.mark.parametrize(("language", "subject"), [("sv", "Logga ut"), ("da", "Log ud"), ("en", "Sign out")])
def test_letter_is_in_the_language_of_its_reader(language: str, subject: str) -> None:
    kind = Kind("notices.x", "x", gettext_lazy("Sign out"), "setup/notices/test_mail.txt")
    assert letters.rendered(kind, to=_to(language), facts={}).subject == subject
