"""What crosses the wire to a real mail server, and what each of its answers is called."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tryggve.notices import smtp
from tryggve.notices.letters import Letter
from tryggve.notices.models import Security
from tryggve.notices.smtp import NotSent, Server
from tryggve.notices.tests.post_office import DROP, PASSWORD, SILENCE, USER, PostOffice
from tryggve.notices.troubles import Trouble

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
MESSAGE = UUID("01890a5d-ac96-774b-bcce-b302099a8058")
LETTER = Letter("bo@example.se", "Å ena sidan", "Hej Bo\n\nÅtta älgar\n")
PATIENT, IMPATIENT = 20.0, 1.0


def _send(server: Server, letter: Letter = LETTER, seconds: float = PATIENT) -> None:
    smtp.hand_over(server, letter, message=MESSAGE, made_at=AT, seconds=seconds)


def _refusal(
    server: Server, letter: Letter = LETTER, seconds: float = PATIENT
) -> tuple[Trouble, int | None, bool]:
    with pytest.raises(NotSent) as refused:
        _send(server, letter, seconds)
    told = refused.value
    for secret in (letter.address, letter.subject, PASSWORD, "karin"):
        assert secret not in repr(told)
    assert told.__cause__ is None
    assert told.__context__ is None or told.__suppress_context__
    return told.trouble, told.reply, told.is_about_server


def test_mail_arrives_as_it_was_written(office: PostOffice) -> None:
    _send(office.server())

    (mail,) = office.desk.taken
    assert {
        name: mail[name] for name in ("From", "To", "Subject", "Message-ID", "Date", "Auto-Submitted")
    } == {
        "From": "Annas Snickeri <tryggve@example.se>",
        "To": "bo@example.se",
        "Subject": "Å ena sidan",
        "Message-ID": f"<{MESSAGE}@example.se>",
        "Date": "Mon, 02 Mar 2026 08:00:00 +0000",
        "Auto-Submitted": "auto-generated",
    }
    assert mail.get_content().splitlines() == ["Hej Bo", "", "Åtta älgar"]
    assert (office.desk.senders, office.desk.recipients) == (["tryggve@example.se"], ["bo@example.se"])


def test_server_does_not_learn_what_this_computer_is_called(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: "annas-dator.example.se")
    _send(office.server())
    assert set(office.desk.met) == {"[127.0.0.1]"}


@pytest.mark.usefixtures("trusted")
def test_mail_arrives_encrypted_and_signed_in_with_a_password_beyond_ascii(closed_office: PostOffice) -> None:
    _send(closed_office.server())

    assert [mail["Subject"] for mail in closed_office.desk.taken] == ["Å ena sidan"]
    assert [(one.login.decode(), one.password.decode()) for one in closed_office.seen] == [(USER, PASSWORD)]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("password", ["helt fel lösen", "plain wrong"])
def test_wrong_password_is_told_apart(closed_office: PostOffice, password: str) -> None:
    assert _refusal(closed_office.server(password=password)) == (Trouble.WRONG_PASSWORD, 535, True)
    assert closed_office.desk.taken == []


def test_unknown_certificate_stops_before_the_password(closed_office: PostOffice) -> None:
    assert _refusal(closed_office.server()) == (Trouble.CERTIFICATE, None, True)
    assert (closed_office.seen, closed_office.desk.taken) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_certificate_for_another_name_stops_before_the_password(closed_office: PostOffice) -> None:
    assert _refusal(closed_office.server(host="127.0.0.1")) == (Trouble.CERTIFICATE, None, True)
    assert closed_office.seen == []


def test_server_that_does_not_encrypt_gets_no_password(office: PostOffice) -> None:
    asked = office.server(security=Security.STARTTLS, username=USER, password=PASSWORD)
    assert _refusal(asked) == (Trouble.NO_ENCRYPTION, None, True)
    assert (office.seen, office.desk.senders) == ([], [])


def test_no_encryption_to_another_computer_is_refused_before_it_is_called() -> None:
    server = Server("mail.example.se", 25, Security.NONE, "", "", "tryggve@example.se", "")
    assert _refusal(server) == (Trouble.NO_ENCRYPTION, None, True)


@pytest.mark.parametrize(
    ("step", "answer", "told"),
    [
        ("MAIL", "550 5.7.1 not yours", (Trouble.SENDER_REFUSED, 550, True)),
        ("MAIL", "451 4.3.0 later", (Trouble.BUSY, 451, True)),
        ("RCPT", "550 5.1.1 no such user bo@example.se", (Trouble.RECIPIENT_REFUSED, 550, False)),
        ("RCPT", "450 4.2.0 greylisted", (Trouble.BUSY, 450, False)),
        ("RCPT", "421 4.3.2 closing", (Trouble.BUSY, 421, True)),
        ("DATA", "554 5.7.1 looks like spam", (Trouble.MESSAGE_REFUSED, 554, False)),
        ("DATA", "554 5.2.252 SendAsDenied; not allowed", (Trouble.SENDER_REFUSED, 554, True)),
        ("DATA", "452 4.3.1 full", (Trouble.BUSY, 452, False)),
        ("MAIL", DROP, (Trouble.HUNG_UP, None, True)),
        ("DATA", DROP, (Trouble.HUNG_UP, None, True)),
        ("MAIL", SILENCE, (Trouble.NO_ANSWER, None, True)),
        ("DATA", SILENCE, (Trouble.NO_ANSWER, None, True)),
    ],
)
def test_answer_has_its_name(
    office: PostOffice, step: str, answer: str, told: tuple[Trouble, int | None, bool]
) -> None:
    office.desk.answers[step] = answer
    seconds = IMPATIENT if answer == SILENCE else PATIENT
    assert _refusal(office.server(), seconds=seconds) == told
    assert office.desk.taken == []


@pytest.mark.parametrize("answer", [DROP, SILENCE, "421 going down"])
def test_mail_is_sent_whatever_becomes_of_the_goodbye(office: PostOffice, answer: str) -> None:
    office.desk.answers["QUIT"] = answer
    _send(office.server(), seconds=IMPATIENT)
    assert len(office.desk.taken) == 1


@pytest.mark.parametrize(
    "address", ["bo@example.se\r\nRCPT TO:<mallory@example.com>", "bo", "bo@", "@example.se", "bö@example.se"]
)
def test_address_that_is_none_never_reaches_the_server(office: PostOffice, address: str) -> None:
    letter = Letter(address, "x", "y\n")
    assert _refusal(office.server(), letter) == (Trouble.RECIPIENT_REFUSED, None, False)
    assert office.desk.met == []


def test_address_with_a_swedish_domain_arrives(office: PostOffice) -> None:
    _send(office.server(), Letter("bo@åkeri.example", "x", "y\n"))
    assert office.desk.recipients == ["bo@xn--keri-poa.example"]


def test_sender_name_can_not_break_out_of_its_line(office: PostOffice) -> None:
    _send(office.server(sender_name="Anna\r\nBcc: mallory@example.com"))
    (mail,) = office.desk.taken
    assert mail["Bcc"] is None
    assert office.desk.recipients == ["bo@example.se"]


@pytest.mark.parametrize("host", ["a..b", "no such host"])
def test_unknown_host_is_told_apart(host: str) -> None:
    server = Server(host, 587, Security.STARTTLS, USER, "", "tryggve@example.se", "")
    assert _refusal(server) == (Trouble.UNKNOWN_HOST, None, True)


def test_port_where_nobody_listens_is_told_apart() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and not listening
        server = Server("127.0.0.1", taken.getsockname()[1], Security.NONE, "", "", "tryggve@example.se", "")
        assert _refusal(server) == (Trouble.NOBODY_THERE, None, True)


@pytest.fixture
def mute() -> Iterator[int]:
    """The port of a program that takes calls and says nothing, as a TLS server does when called without."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("security", Security.values)
def test_server_that_says_nothing_is_told_apart(mute: int, security: str) -> None:
    server = Server("127.0.0.1", mute, security, "", "", "tryggve@example.se", "")
    assert _refusal(server, seconds=IMPATIENT) == (Trouble.NO_ANSWER, None, True)


def test_server_that_hangs_up_at_once_is_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        caller = threading.Thread(target=lambda: listening.accept()[0].close())
        caller.start()
        server = Server(
            "127.0.0.1", listening.getsockname()[1], Security.NONE, "", "", "tryggve@example.se", ""
        )
        assert _refusal(server) == (Trouble.HUNG_UP, None, True)
        caller.join()


def test_tls_where_the_server_begins_in_the_clear_is_told_apart(office: PostOffice) -> None:
    assert _refusal(office.server(security=Security.TLS)) == (Trouble.HUNG_UP, None, True)


def test_user_name_where_nobody_signs_in_is_told_apart() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        caller = threading.Thread(target=_greet_without_sign_in, args=(listening,))
        caller.start()
        port = listening.getsockname()[1]
        server = Server("127.0.0.1", port, Security.NONE, "karin", "abc", "tryggve@example.se", "")
        assert _refusal(server) == (Trouble.NO_SIGN_IN, None, True)
        caller.join()


def _greet_without_sign_in(listening: socket.socket) -> None:
    call, _address = listening.accept()
    with call:
        call.sendall(b"220 here\r\n")
        call.recv(1000)
        call.sendall(b"250 plain\r\n")
        call.recv(1000)


@pytest.mark.parametrize("host", ["localhost", "LocalHost", "127.0.0.1", "127.9.9.9", "::1"])
def test_loopback_is_this_computer(host: str) -> None:
    assert smtp.is_loopback(host)


@pytest.mark.parametrize("host", ["mail.example.se", "localhost.example.se", "10.0.0.1", "0.0.0.0", ""])  # noqa: S104 - an address to refuse
def test_loopback_is_nothing_else(host: str) -> None:
    assert not smtp.is_loopback(host)
