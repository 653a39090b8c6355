import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.customers.engine.values.emails import email_key, emails_in, parse_email


@pytest.mark.parametrize(
    ("written", "email"),
    [
        ("anna@example.se", "anna@example.se"),
        (" Anna.Svensson+kund@Example.SE ", "Anna.Svensson+kund@example.se"),
        ("mailto:anna@example.se?subject=hej", "anna@example.se"),
        ("anna@example.se.", "anna@example.se"),
        ("åsa@räksmörgås.example.se", "åsa@räksmörgås.example.se"),
        ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"),
    ],
)
def test_email_is_accepted_and_its_domain_made_lower_case(written: str, email: str) -> None:
    assert parse_email(written) == email


@pytest.mark.parametrize(
    "written",
    [
        "",
        "anna",
        "anna@",
        "@example.se",
        "anna@example",
        "anna@@example.se",
        "an na@example.se",
        "anna@example..se",
        "anna@-example.se",
        "anna@example.s",
        "anna@127.0.0.1",
        "anna@example.se\u0000",
        "a" * 65 + "@example.se",
        "a@" + "b." * 130 + "se",
    ],
)
def test_email_is_refused(written: str) -> None:
    assert parse_email(written) is None


@pytest.mark.parametrize(
    ("cell", "emails"),
    [
        ("a@example.se;b@example.se", ("a@example.se", "b@example.se")),
        ("a@example.se, b@example.se | c@example.se", ("a@example.se", "b@example.se", "c@example.se")),
        ("a@example.se / b@example.se\nc@example.se", ("a@example.se", "b@example.se", "c@example.se")),
        ("a@example.se b@example.se", ("a@example.se", "b@example.se")),
        ("Anna <a@example.se>", ("a@example.se",)),
        ('"Svensson, Anna" <a@example.se>; Bo <b@example.se>', ("a@example.se", "b@example.se")),
        ("a@example.se;A@Example.se", ("a@example.se",)),
        ("a/b@example.se", ("a/b@example.se",)),
        ("a@example.se;", ("a@example.se",)),
        ("a@example.se; saknas", None),
        ("Anna <>", None),
    ],
)
def test_cell_may_hold_several_emails(cell: str, emails: tuple[str, ...] | None) -> None:
    assert emails_in(cell) == emails


def test_key_leaves_case_out() -> None:
    assert email_key("Anna@example.se") == email_key("ANNA@example.se")


@given(st.text())
def test_accepted_email_is_accepted_again_unchanged(text: str) -> None:
    email = parse_email(text)
    assert email is None or parse_email(email) == email
