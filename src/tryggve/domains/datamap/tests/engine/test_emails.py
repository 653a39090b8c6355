import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.contacts import email
from tryggve.domains.datamap.engine.kinds import Confidence, Kind
from tryggve.domains.datamap.tests.engine.looking import look

LETTERS = string.ascii_letters + string.digits


def emails(text: str) -> list[str]:
    found = look(email.find, text)
    assert all(kind == Kind.EMAIL for kind, _value, _sure in found)
    return [value for _kind, value, _sure in found]


@pytest.mark.parametrize(
    "written",
    [
        "anna@example.se",
        "Anna.Berg@Example.SE",
        "ANNA@EXAMPLE.SE",
        "anna@Example.Se",
        "anna+nyheter@post.firma.co.uk",
        "anna_berg@xn--fretag-8xa.se",
        "o'brien@example.ie",
        "anna%berg@example.fi",
        "åsa.öberg@företag.se",
        "søren@værksted.dk",
        "анна@example.org",
        "a@163.com",
        "1@x.no",
        "anna@firma.local",
        "anna@firma.photography",
        f"{'a' * 64}@example.se",
        f"a@{'b' * 63}.se",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 57}.se",
    ],
)
def test_addresses_are_found_whole(written: str) -> None:
    assert emails(written) == [written]
    assert emails(f"Skriv till {written} i dag.") == [written]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<", ">"),
        ("(", ")"),
        ("'", "'"),
        ('"', '"'),
        ("“", "”"),
        ("«", "»"),
        ("• ", "…"),
        ("→", "→"),
        ("🙂", "🙂"),
        ("mailto:", "?subject=Hej"),
        ("e-post:", "."),
        ("E-post.....", "..."),
        ("https://firma.se/?mail=", "&x=1"),
        ("|", "|"),
        ("*", "*"),
        ("_", "_"),
        ("- ", " -"),
        ("\\n", "\\n"),
        ("\\u003c", "\\u003e"),
        (";", ";"),
        ("é ", " é"),
        ("", ".Hej på dig"),
        ("", "-konto"),
        ("", "/x"),
        ("", ":lösenord"),
        ("bo@firma.dk,", ""),
    ],
)
def test_what_stands_round_an_address_is_no_part_of_it(before: str, after: str) -> None:
    assert emails(f"{before}anna@example.se{after}")[-1] == "anna@example.se"


@pytest.mark.parametrize(
    "text",
    [
        "@",
        "a@",
        "@example.se",
        "anna@localhost",
        "anna@example",
        "anna@.se",
        "anna@-example.se",
        "anna.@example.se",
        "anna@@example.se",
        "anna(at)example.se",
        "anna @ example.se",
        "anna@example.123",
        "anna@example.zz",
        "image@2x.png",
        "image@2x.min",
        "logo@3x.webp",
        "left-pad@1.2.3",
        "lodash@4.17.21-rc.beta",
        "vue@3.x",
        "@media screen",
        "@angular/core@12.1.0",
        "x@y.z",
        "W@x.T",
        "root@10.0.0.1",
        "https://bo:secret@host.example.se/x",
        "ftp://bo@host.example.se",
        "@anna@social.example",
        "git@github.com:firma/kod.git",
        "Message-ID: <20260101.77@mail.example.se>",
        f"{'a' * 65}@example.se",
        f"a@{'b' * 64}.se",
        f"a@{'b' * 63}.{'c' * 63}.{'d' * 63}.{'e' * 58}.se",
    ],
)
def test_what_only_looks_like_an_address_is_none(text: str) -> None:
    assert emails(text) == []


def test_one_is_sure_where_the_end_of_the_domain_is_known() -> None:
    sure = {value: confidence for _kind, value, confidence in look(email.find, "a@b.se a@b.photography")}
    assert sure == {"a@b.se": Confidence.HIGH, "a@b.photography": Confidence.LOW}


@given(
    st.text(LETTERS, min_size=1, max_size=64),
    st.lists(
        st.text(LETTERS, min_size=1, max_size=30).filter(lambda label: not label[0].isdigit()),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["se", "dk", "no", "fi", "com", "nu"]),
    st.text(max_size=20).filter(lambda text: "@" not in text),
)
def test_any_address_after_a_space_is_found_in_any_text(
    local: str, labels: list[str], top: str, around: str
) -> None:
    written = f"{local}@{'.'.join(labels).lower()}.{top}"
    assert written in emails(f"{around} {written} {around}")


@given(st.binary(max_size=80).map(lambda some: some.decode(errors="replace")), st.integers(0, 3))
def test_no_text_is_too_odd(text: str, signs: int) -> None:
    for value in emails(text + "@" * signs + text):
        local, _at, domain = value.partition("@")
        assert local
        assert "." in domain
