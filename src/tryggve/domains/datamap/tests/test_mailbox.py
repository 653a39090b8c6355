"""A mailbox is looked through over an encrypted line, and is afterwards as it was."""

import imaplib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import NOW
from tryggve.domains.datamap import known, source_details
from tryggve.domains.datamap.models import File, Scan, Source
from tryggve.domains.datamap.origins import (
    BadCertificate,
    HungUp,
    NoAnswer,
    NobodyThere,
    NoEncryption,
    NotLetIn,
    UnknownHost,
    Unreachable,
)
from tryggve.domains.datamap.origins.mailbox import STARTTLS, TLS, Access, Mailbox
from tryggve.domains.datamap.services import scans, sources
from tryggve.domains.datamap.tests.mail_server import PASSWORD, RECEIVED, USER, MailServer, message
from tryggve.domains.datamap.tests.mapped import MACHINE
from tryggve.domains.datamap.walking import CannotRead
from tryggve.notices.tests.certificates import Authority

pytestmark = [pytest.mark.django_db(transaction=True)]
_QUICK = 0.3


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer trusts the made-up authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


@pytest.fixture(params=[TLS, STARTTLS])
def server(request: pytest.FixtureRequest, authority: Authority) -> Iterator[MailServer]:
    opened = MailServer(authority.server_context(), request.param)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def plain(authority: Authority) -> Iterator[MailServer]:
    """A server that doesn't encrypt."""
    opened = MailServer(authority.server_context(), "")
    opened.open()
    yield opened
    opened.close()


def _access(server: MailServer, **other: object) -> Access:
    told = {"host": "localhost", "user": USER, "password": PASSWORD, "security": server.security or STARTTLS}
    return Access.told(told | {"port": server.port} | other)


def _told(server: MailServer, **other: object) -> source_details.Told:
    access = _access(server, **other)
    said = {name: getattr(access, name) for name in ("host", "user", "password", "port", "security")}
    return source_details.Told(title="Annas mejl", where=f"{USER}, localhost", mailbox=said)


def _added(server: MailServer) -> Source:
    return sources.add_mailbox(told=_told(server), is_watched=False, actor=MACHINE, at=NOW)


def _scan(source: Source) -> Scan:
    scan = scans.ask_now(source=source.pk, actor=MACHINE, at=NOW)
    return scans.run(scan, now=lambda: NOW)


@pytest.mark.usefixtures("trusted")
def test_messages_are_looked_through_and_none_becomes_seen(server: MailServer) -> None:
    server.put(message("Kund", "Ring Ada på ada@example.se"))
    server.put(message("Svar", "Tack!"), folder="Skickat", flags=(b"\\Seen",))
    before = server.flags(), server.flags("Skickat")
    scan = _scan(_added(server))
    assert (scan.state, scan.files, scan.files_read) == ("DONE", 2, 2)
    assert File.objects.filter(is_holding=True).count() == 2
    assert (server.flags(), server.flags("Skickat")) == before
    assert [b"\\Seen" in flags for flags in before[0].values()] == [False]


@pytest.mark.usefixtures("trusted")
def test_folders_are_examined_and_messages_peeked_at(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either would do alone, on a server that keeps to the protocol."""
    sent: list[bytes] = []
    send = imaplib.IMAP4.send

    def noted(self: imaplib.IMAP4, data: bytes) -> None:
        sent.append(data.upper())
        send(self, data)

    server.put(message("Kund", "Ring Ada på ada@example.se"))
    source = _added(server)
    monkeypatch.setattr(imaplib.IMAP4, "send", noted)
    _scan(source)
    words = b" ".join(sent)
    assert (b"EXAMINE" in words, b"BODY.PEEK[]" in words) == (True, True)
    assert not [one for one in (b"SELECT", b"BODY[", b"STORE", b"EXPUNGE", b"APPEND") if one in words]


@pytest.mark.usefixtures("trusted")
def test_second_scan_fetches_new_messages_alone(server: MailServer) -> None:
    server.put(message("Kund", "Ring Ada på ada@example.se"))
    source = _added(server)
    _scan(source)
    server.put(message("Kund", "Ring Bo på bo@example.se"))
    scan = _scan(source)
    assert (scan.files, scan.files_read) == (2, 1)


@pytest.mark.usefixtures("trusted")
def test_message_is_known_by_its_folder_and_has_its_day(server: MailServer) -> None:
    server.put(message("Kund", "ada@example.se"), folder="Kunder/Åre")
    _scan(_added(server))
    [row] = File.objects.select_related("source")
    folder, _validity, _uid = known.place_of(row).path.rsplit("/", 2)
    assert (folder, row.changed_on) == ("Kunder/Åre", RECEIVED.date())


@pytest.mark.usefixtures("trusted")
def test_folders_made_anew_are_other_messages(server: MailServer) -> None:
    server.put(message("Kund", "ada@example.se"), folder="Kunder")
    source = _added(server)
    _scan(source)
    with server.owner() as client:
        client.delete_folder("Kunder")
    server.put(message("Kund", "bo@example.se"), folder="Kunder")
    scan = _scan(source)
    assert (scan.files, scan.files_read) == (1, 1)
    assert sorted(File.objects.values_list("state", flat=True)) == ["GONE", "THERE"]


@pytest.mark.usefixtures("trusted")
def test_only_wanted_folders_are_looked_through(server: MailServer) -> None:
    for folder in ("Kunder", "Privat", "Skräp"):
        server.put(message("Hej", "ada@example.se"), folder=folder)
    with Mailbox(_access(server), leave_out=["priv*"]) as mailbox:
        assert sorted(mailbox.folders()) == ["INBOX", "Kunder", "Skräp"]
    with Mailbox(_access(server), look_at=["KUNDER", "priv*"], leave_out=["privat"]) as mailbox:
        assert [file.path.split("/")[0] for file in mailbox.files()] == ["Kunder"]


@pytest.mark.usefixtures("trusted")
def test_broken_line_is_taken_up_again(server: MailServer) -> None:
    server.put(message("Kund", "Ring Ada på ada@example.se"))
    with Mailbox(_access(server), seconds=5) as mailbox:
        [file] = mailbox.files()
        server.break_lines()
        with mailbox.given(file) as content:
            assert b"ada@example.se" in content


@pytest.mark.usefixtures("trusted")
def test_server_that_went_away_fails_the_scan_and_nothing_is_taken_for_gone(server: MailServer) -> None:
    server.put(message("Kund", "ada@example.se"))
    source = _added(server)
    _scan(source)
    server.close()
    scan = _scan(source)
    assert (scan.state, scan.cause) == ("FAILED", "nobody-there")
    assert list(File.objects.values_list("state", "is_holding")) == [("THERE", True)]


@pytest.mark.usefixtures("trusted")
def test_server_that_goes_away_meanwhile_fails_the_scan(server: MailServer) -> None:
    server.put(message("Kund", "ada@example.se"))
    with Mailbox(_access(server), seconds=5) as mailbox:
        [file] = mailbox.files()
        server.close()
        with pytest.raises((Unreachable, CannotRead)), mailbox.given(file):
            pass
        with pytest.raises(Unreachable):
            mailbox.require_there()


@pytest.mark.usefixtures("trusted")
def test_wrong_password_is_told_and_nothing_added(server: MailServer) -> None:
    with pytest.raises(NotLetIn):
        sources.add_mailbox(told=_told(server, password="another"), is_watched=False, actor=MACHINE, at=NOW)
    assert not Source.objects.exists()


@pytest.mark.usefixtures("trusted")
def test_password_beyond_ascii_is_refused_as_any_other(server: MailServer) -> None:
    with pytest.raises(NotLetIn), Mailbox(_access(server, password="lösenord")):
        pass


def test_certificate_of_nobody_known_is_refused_before_the_password(server: MailServer) -> None:
    with pytest.raises(BadCertificate), Mailbox(_access(server)):
        pass


@pytest.mark.usefixtures("trusted")
def test_certificate_of_another_name_is_refused(server: MailServer) -> None:
    with pytest.raises(BadCertificate), Mailbox(_access(server, host="127.0.0.1")):
        pass


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", [TLS, STARTTLS])
def test_server_without_encryption_gets_no_password(plain: MailServer, security: str) -> None:
    """On this computer, too."""
    with pytest.raises((NoEncryption, HungUp)), Mailbox(_access(plain, security=security)):
        pass


def test_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_asked: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(UnknownHost), Mailbox(Access("mail.invalid", USER, PASSWORD)):
        pass


def test_closed_port_is_told() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        access = Access("localhost", USER, PASSWORD, closed.getsockname()[1])
        with pytest.raises(NobodyThere), Mailbox(access):
            pass


@pytest.mark.parametrize("security", [TLS, STARTTLS])
def test_silence_is_told(security: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        access = Access("localhost", USER, PASSWORD, silent.getsockname()[1], security)
        with pytest.raises(NoAnswer), Mailbox(access, seconds=_QUICK):
            pass


@pytest.mark.usefixtures("trusted")
def test_new_password_is_tried_before_it_is_kept(server: MailServer) -> None:
    source = _added(server)
    with pytest.raises(NotLetIn):
        sources.change(
            source=source.pk, told=_told(server, password="x"), is_watched=False, actor=MACHINE, at=NOW
        )
    assert source_details.opened(sources.known_source(source.pk)).mailbox["password"] == PASSWORD


@pytest.mark.usefixtures("trusted")
def test_password_is_sealed_and_never_shown_again(server: MailServer, as_anna: Client) -> None:
    fields = {
        "title": "Annas mejl", "host": "localhost", "user": USER, "password": PASSWORD,
        "security": server.security, "port": server.port, "leave_out": "Skräp",
    }  # fmt: skip
    answer = as_anna.post("/protection/data-map/places/add/mailbox/", fields)
    assert answer.status_code == 302, answer.content.decode()
    [source] = Source.objects.all()
    assert (source.kind, PASSWORD.encode() in bytes(source.told_sealed)) == ("MAILBOX", False)
    page = f"/protection/data-map/places/{source.pk}/change/"
    shown = as_anna.get(page).content.decode()
    assert ("Skräp" in shown, PASSWORD in shown) == (True, False)
    kept = as_anna.post(page, fields | {"title": "Mejl", "password": ""})
    assert kept.status_code == 302, kept.content.decode()
    told = source_details.opened(sources.known_source(source.pk))
    assert (told.title, told.mailbox["password"]) == ("Mejl", PASSWORD)


@pytest.mark.usefixtures("trusted")
def test_saved_password_is_never_sent_to_another_server(server: MailServer, as_anna: Client) -> None:
    source = _added(server)
    fields = {
        "title": "Mejl", "host": "other.example.com", "user": USER, "password": "",
        "security": server.security, "port": server.port,
    }  # fmt: skip
    answer = as_anna.post(f"/protection/data-map/places/{source.pk}/change/", fields)
    assert "never sent to another server" in answer.content.decode()
    assert source_details.opened(sources.known_source(source.pk)).mailbox["host"] == "localhost"


@pytest.mark.usefixtures("trusted")
def test_page_says_in_plain_words_what_is_wrong(server: MailServer, as_anna: Client) -> None:
    fields = {
        "title": "Mejl", "host": "localhost", "user": USER, "password": "another",
        "security": server.security, "port": server.port,
    }  # fmt: skip
    shown = as_anna.post("/protection/data-map/places/add/mailbox/", fields).content.decode()
    assert "app password" in shown
    assert "another" not in shown.replace("sent to another", "")


@pytest.mark.parametrize("host", ["https://imap.example.com", "imap.example.com/x", "a b", "x@y"])
def test_host_is_a_name_alone(as_anna: Client, host: str) -> None:
    fields = {"title": "M", "host": host, "user": "u", "password": "p", "security": TLS, "port": 993}
    shown = as_anna.post("/protection/data-map/places/add/mailbox/", fields).content.decode()
    assert "Only the name, such as imap.example.com" in shown


def test_password_stands_in_no_text_about_it() -> None:
    access = Access("localhost", USER, PASSWORD)
    told = source_details.Told("Mejl", USER, mailbox={"password": PASSWORD})
    assert PASSWORD not in repr(access) + repr(told)
