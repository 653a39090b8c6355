from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading.parts import Limits
from tryggve.domains.datamap.tests.engine.reading_files import (
    everything,
    packed,
    parts,
    places,
    reasons,
)

NUMBER = "19811218-9876"
WORDS = f"Åsa Öbergs nummer är {NUMBER}\n"
HEAD = b"From: anna@example.se\nTo: bo@example.se\nSubject: Hej\n"


def mail(words: str = WORDS, **more: str) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = "Åsa Öberg <asa@example.se>"
    made["To"] = "bo@example.se"
    made["Subject"] = f"Blodprov för Søren, {NUMBER}"
    made.set_content(words, **more)  # type: ignore[arg-type]
    return made


def divided(*sections: bytes, boundary: bytes = b"a=(b)", end: bytes = b"--") -> bytes:
    lines = b"".join(b"--" + boundary + b"\n" + section + b"\n" for section in sections)
    head = HEAD + b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\n\nMIME\n'
    return head + lines + b"--" + boundary + end + b"\n"


def by_inside(content: bytes, name: str = "a.eml") -> dict[str, str]:
    return {"/".join(part.inside): part.content.decode() for part in parts(content, name)}


def test_headers_are_read_as_people_see_them_and_told_by_their_names() -> None:
    [headers, _text] = parts(mail().as_bytes(), "a.eml")
    assert headers.inside == ("headers",)
    assert headers.content.decode().splitlines() == [
        "From: Åsa Öberg <asa@example.se>",
        "To: bo@example.se",
        f"Subject: Blodprov för Søren, {NUMBER}",
    ]
    assert [where for _part, where in places([headers], "bo@example.se")] == [{"header": "To"}]
    assert [where for _part, where in places([headers], NUMBER)] == [{"header": "Subject"}]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15", "utf-16", "utf-7"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_text_is_read_however_it_is_encoded(charset: str, encoding: str) -> None:
    assert WORDS.strip() in by_inside(mail(charset=charset, cte=encoding).as_bytes())["text"]


def test_text_in_the_alphabets_of_asia_is_read() -> None:
    assert "日本語" in by_inside(mail("日本語\n", charset="iso-2022-jp", cte="7bit").as_bytes())["text"]


@pytest.mark.parametrize("charset", [b"utf-8", b"us-ascii", b"nonsense", b"hex", b'"'])
def test_text_that_is_not_in_the_encoding_it_names_is_read_as_well_as_can_be(charset: bytes) -> None:
    content = HEAD + b"Content-Type: text/plain; charset=" + charset + b"\n\n" + WORDS.encode("cp1252")
    assert by_inside(content)["text"] == WORDS


def test_what_is_not_ascii_in_a_header_is_read_as_well_as_can_be() -> None:
    for encoding in ("utf-8", "cp1252"):
        content = "From: Åsa Öberg <asa@example.se>\nTo: b\n\n".encode(encoding)
        assert "Åsa Öberg" in by_inside(content)["headers"]


@pytest.mark.parametrize(
    "field", ["=?utf-8?b?####?=", "=?nonsense?q?=C5?=", "=?utf-8?q?=?=", "=?utf-8?b?QUJDR?="]
)
def test_a_header_that_breaks_the_rules_hides_nothing_of_the_mail(field: str) -> None:
    content = HEAD + f"Cc: {field}\n\n{WORDS}".encode()
    assert by_inside(content)["text"] == WORDS


def test_html_is_read_as_text_whatever_it_says_of_its_encoding() -> None:
    made = mail()
    html = "<meta charset=utf-7><p>Num&shy;mer <b>1981</b>1218&#8209;9876&nbsp;Åsa</p>"
    made.add_alternative(html, subtype="html", cte="quoted-printable")
    found = by_inside(made.as_bytes())
    assert f"{NUMBER} Åsa" in found["text 2"]
    assert "<b>" not in found["text 2"]


def test_attached_files_are_read_by_their_own_readers() -> None:
    made = mail()
    made.add_attachment(
        f"namn;nummer\nAnna;{NUMBER}\n".encode(), maintype="text", subtype="csv", filename="å ä.csv"
    )
    made.add_attachment(packed({"a.txt": WORDS}), maintype="application", subtype="zip", filename="b.zip")
    found = by_inside(made.as_bytes())
    assert [*found] == ["headers", "text", "å ä.csv", "b.zip/a.txt"]
    assert found["b.zip/a.txt"] == WORDS


def test_a_mail_attached_to_a_mail_is_read() -> None:
    made = mail("Se nedan\n")
    made.add_attachment(mail())
    assert by_inside(made.as_bytes())["attachment.eml/text"] == WORDS.replace("\n", "\r\n")


def test_mails_within_mails_end() -> None:
    made = mail()
    for _level in range(10):
        outer = mail("Se nedan\n")
        outer.add_attachment(made)
        made = outer
    assert everything(made.as_bytes(), "a.eml")[-1] == NotScanned(("attachment.eml",) * 4, "too-deep")


def test_parts_within_parts_end() -> None:
    content = b"\n\nhej"
    for level in range(100):
        content = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n%s\n--b%d--\n" % (
            level,
            level,
            content,
            level,
        )
    assert reasons(HEAD + content, "a.eml") == ["too-deep"]


@pytest.mark.parametrize("end", [b"--", b"", b"-- x"])
def test_all_parts_are_read_whether_they_end_or_not(end: bytes) -> None:
    found = by_inside(
        divided(b"\nett", b"Content-Type: text/html\n\n<b>tv\xc3\xa5</b>", b"utan huvud", b"", end=end)
    )
    assert [found[name].strip() for name in ("text", "text 2", "text 3")] == ["ett", "två", "utan huvud"]


def test_a_mail_whose_parts_cannot_be_told_apart_is_read_as_one_text() -> None:
    content = HEAD + b"Content-Type: multipart/mixed; boundary=x\n\n" + WORDS.encode()
    assert by_inside(content)["text"] == WORDS


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    made = mail()
    made.add_attachment(WORDS.encode() * 9, maintype="application", subtype="octet-stream", filename="b.txt")
    content = made.as_bytes()
    assert NUMBER in by_inside(content[: content.rindex(b"=") - 200])["b.txt"]


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/encrypted; boundary=x",
        "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
        "application/x-pkcs7-mime",
    ],
)
def test_an_encrypted_mail_is_told(kind: str) -> None:
    found = everything(HEAD + f"Content-Type: {kind}\n\n--x\n\nhemligt\n--x--\n".encode(), "a.eml")
    assert [one.reason for one in found if isinstance(one, NotScanned)] == ["encrypted"]


def test_a_mail_too_large_to_be_held_is_told() -> None:
    assert reasons(HEAD + b"\n" + b"x" * 2000, "a.eml", Limits(held_bytes=1000)) == ["too-large"]


def mailbox(*mails: bytes) -> bytes:
    return b"".join(b"From anna@example.se Mon Nov 23 10:00:00 2026\n" + one + b"\n\n" for one in mails)


def test_mails_in_a_mailbox_are_told_apart() -> None:
    made = mail()
    made.add_attachment(WORDS.encode(), maintype="application", subtype="octet-stream", filename="b.txt")
    content = mailbox(HEAD + b"\nett\n\nFrom now on: nothing\n", made.as_bytes().replace(b"\r\n", b"\n"))
    found = by_inside(content, "inkorg")
    assert [*found] == ["mail 1/headers", "mail 1/text", "mail 2/headers", "mail 2/text", "mail 2/b.txt"]
    assert found["mail 1/text"].startswith("ett\n\nFrom now on")
    assert found["mail 2/text"].strip() == WORDS.strip()


def test_a_mailbox_of_any_length_is_read_mail_by_mail() -> None:
    content = mailbox(*(HEAD + b"\nnummer %d\n" % number + b"x" * 3000 for number in range(1000)))
    found = parts(content, "inkorg", Limits(held_bytes=1 << 12))
    texts = [part for part in found if part.inside[-1] == "text"]
    assert [part.content.split(b"\n")[0] for part in texts] == [
        b"nummer %d" % number for number in range(1000)
    ]


def test_a_mail_in_a_mailbox_too_large_to_be_held_is_told_and_the_others_read() -> None:
    content = mailbox(HEAD + b"\nett", HEAD + b"\n" + b"x" * (3 << 20), HEAD + b"\ntre")
    found = everything(content, "inkorg", Limits(held_bytes=1 << 16))
    assert [one.inside[0] for one in found] == ["mail 1", "mail 1", "mail 2", "mail 3", "mail 3"]
    assert [one for one in found if isinstance(one, NotScanned)] == [NotScanned(("mail 2",), "too-large")]


PIECES = [
    *(b"--x", b"--x--", b"\n", b"\r\n", b"\n\n", b"a", b"=", b"=?utf-8?q?", b"QUJD", b"\xc5", b";", b'"'),
    *(b"From: ", b"Subject:", b"From b\n", b"Content-Type: multipart/mixed; boundary=x"),
    *(b"Content-Transfer-Encoding: base64", b"Content-Type: message/rfc822"),
    *(b"Content-Disposition: attachment;", b"filename*0*=utf-8''%C5"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["a.eml", "a.mbox"]))
def test_nothing_in_a_mail_stops_the_reader(pieces: list[bytes], name: str) -> None:
    found = everything(HEAD + b"".join(pieces) + b"\n", name)
    assert "damaged" not in [one.reason for one in found if isinstance(one, NotScanned)]
