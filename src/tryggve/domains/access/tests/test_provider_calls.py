"""Calls to a sign-in service: what is believed of what it publishes, and that each call ends."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sign_in_service import SignInService
from tryggve.domains.access import provider_calls
from tryggve.domains.access.engine import id_tokens, openid
from tryggve.domains.access.engine.openid import NotUsable, Trouble
from tryggve.notices.tests.certificates import Authority

DISCOVERY = "/.well-known/openid-configuration"
ISSUER = "https://login.example.com"
DOCUMENT = {
    "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/a", "token_endpoint": f"{ISSUER}/t",
    "jwks_uri": f"{ISSUER}/k",
}  # fmt: skip


@pytest.fixture
def service() -> Iterator[SignInService]:
    with SignInService() as opened:
        yield opened


def _trouble(service: SignInService, **more: Any) -> Trouble:
    with pytest.raises(NotUsable) as refused:
        provider_calls.keys_of(provider_calls.discovered(service.issuer, **more))
    return refused.value.trouble


@contextmanager
def _line(say: bytes, *, keep_open: bool) -> Iterator[str]:
    """A server that says that to whoever connects, and then no more."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        held: list[socket.socket] = []

        def serve() -> None:
            line, _address = server.accept()
            line.recv(4096)
            line.sendall(say)
            if keep_open:
                held.append(line)
            else:
                line.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()
        for line in held:
            line.close()


def test_what_a_service_publishes_is_read(service: SignInService) -> None:
    found = provider_calls.discovered(service.issuer)
    assert (found.issuer, found.token) == (service.issuer, f"{service.issuer}/token")
    assert provider_calls.keys_of(found) == service.keys()
    assert service.calls == [f"GET {DISCOVERY}", "GET /keys"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(service: SignInService, status: int) -> None:
    with SignInService() as other:
        service.answers[DISCOVERY] = (status, {"Location": f"{other.issuer}{DISCOVERY}"}, b"")
        assert _trouble(service) is Trouble.REDIRECTED
        assert other.calls == []


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ((404, {}, b"{}"), Trouble.NOT_FOUND),
        ((500, {}, b"{}"), Trouble.NOT_FOUND),
        ((200, {}, b"<html>"), Trouble.NOT_READABLE),
        ((200, {}, b"[]"), Trouble.NOT_READABLE),
        ((200, {}, b""), Trouble.NOT_READABLE),
        ((200, {}, b"\xff\xfe"), Trouble.NOT_READABLE),
        ((200, {}, b"[" * 100_000), Trouble.NOT_READABLE),
        ((200, {}, b'{"a": "' + b"x" * (provider_calls.LARGEST_BYTES - 8) + b'"}'), Trouble.NOT_READABLE),
    ],
)
def test_answer_that_is_no_description_is_refused(
    service: SignInService, answer: tuple[int, dict[str, str], bytes], trouble: Trouble
) -> None:
    service.answers[DISCOVERY] = answer
    assert _trouble(service) is trouble


@pytest.mark.parametrize(
    ("published", "trouble"),
    [
        ({"issuer": "https://mallory.example.com"}, Trouble.OTHER_ISSUER),
        ({"issuer": None}, Trouble.OTHER_ISSUER),
        ({"code_challenge_methods_supported": ["plain"]}, Trouble.NO_PKCE),
        ({"code_challenge_methods_supported": "S256"}, Trouble.NO_PKCE),
        ({"token_endpoint": "http://login.example.com/token"}, Trouble.NOT_ENCRYPTED),
        ({"authorization_endpoint": "javascript:alert(1)"}, Trouble.INCOMPLETE),
        ({"jwks_uri": None}, Trouble.INCOMPLETE),
        ({"jwks_uri": "https://[::1"}, Trouble.INCOMPLETE),
        ({"jwks_uri": "https://user@login.example.com/"}, Trouble.INCOMPLETE),
        ({"token_endpoint": "https://login.example.com/t\r\nX: y"}, Trouble.INCOMPLETE),
    ],
)
def test_description_that_can_t_be_used_is_refused(
    service: SignInService, published: dict[str, object], trouble: Trouble
) -> None:
    service.published = published
    assert _trouble(service) is trouble


def test_keys_must_be_there(service: SignInService) -> None:
    service.key_set = {"keys": "none"}
    assert _trouble(service) is Trouble.INCOMPLETE


def test_service_elsewhere_can_t_make_this_computer_call_itself() -> None:
    for name in ("token_endpoint", "jwks_uri", "authorization_endpoint"):
        with pytest.raises(NotUsable) as refused:
            openid.endpoints_of({**DOCUMENT, name: "http://127.0.0.1:8000/"}, issuer=ISSUER)
        assert refused.value.trouble is Trouble.NOT_ENCRYPTED


@pytest.mark.parametrize(
    ("issuer", "trouble"),
    [
        ("http://login.example.com", Trouble.NOT_ENCRYPTED),
        ("http://127.0.0.1.example.com", Trouble.NOT_ENCRYPTED),
        ("http://localhost.example.com", Trouble.NOT_ENCRYPTED),
        ("ftp://login.example.com", Trouble.NOT_ENCRYPTED),
        ("login.example.com", Trouble.INCOMPLETE),
        ("https://login.example.com/?a=b", Trouble.INCOMPLETE),
        ("https://login.example.com/#a", Trouble.INCOMPLETE),
        ("https://login.example.com:port", Trouble.INCOMPLETE),
        ("https://login.exämple.com", Trouble.INCOMPLETE),
        ("", Trouble.INCOMPLETE),
    ],
)
def test_address_that_must_not_be_called_is_refused(issuer: str, trouble: Trouble) -> None:
    with pytest.raises(NotUsable) as refused:
        openid.discovery_of(issuer)
    assert refused.value.trouble is trouble


@pytest.mark.parametrize(
    "issuer", [ISSUER, f"{ISSUER}/", "http://localhost:9", "http://[::1]:9", "http://127.9.9.9"]
)
def test_address_may_be_encrypted_or_on_this_computer(issuer: str) -> None:
    assert openid.discovery_of(issuer) == issuer.rstrip("/") + DISCOVERY


def test_silence_ends() -> None:
    with _line(b"", keep_open=True) as issuer, pytest.raises(NotUsable) as refused:
        provider_calls.discovered(issuer, in_all=0.2)
    assert refused.value.trouble is Trouble.TOO_SLOW


def test_answer_that_never_ends_is_cut() -> None:
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"
    with _line(begun, keep_open=True) as issuer, pytest.raises(NotUsable) as refused:
        provider_calls.discovered(issuer, in_all=0.2)
    assert refused.value.trouble is Trouble.TOO_SLOW


@pytest.mark.parametrize(
    "say", [b"", b"220 mail.example.com ESMTP\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200]
)
def test_what_is_no_http_is_refused(say: bytes) -> None:
    with _line(say, keep_open=False) as issuer, pytest.raises(NotUsable) as refused:
        provider_calls.discovered(issuer)
    assert refused.value.trouble in {Trouble.NOT_READABLE, Trouble.UNREACHABLE}


def test_nobody_there_is_told() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    with pytest.raises(NotUsable) as refused:
        provider_calls.discovered(f"http://127.0.0.1:{port}")
    assert refused.value.trouble is Trouble.UNREACHABLE


def test_certificate_that_proves_nothing_is_refused(tmp_path: Path) -> None:
    with SignInService(Authority(tmp_path).server_context()) as service:
        assert _trouble(service) is Trouble.CERTIFICATE
        assert service.calls == []


def test_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with SignInService(authority.server_context()) as service:
        assert provider_calls.discovered(service.issuer).issuer == service.issuer
        with pytest.raises(NotUsable) as refused:
            provider_calls.discovered(service.issuer.replace("localhost", "127.0.0.1"))
    assert refused.value.trouble is Trouble.CERTIFICATE


@given(st.dictionaries(st.sampled_from([*DOCUMENT, "code_challenge_methods_supported"]), st.one_of(
    st.none(), st.text(), st.integers(), st.lists(st.text()), st.sampled_from([*DOCUMENT.values()]),
)))  # fmt: skip
def test_any_description_is_read_or_refused(other: dict[str, object]) -> None:
    try:
        found = openid.endpoints_of({**DOCUMENT, **other}, issuer=ISSUER)
    except NotUsable:
        return
    assert {found.authorization[:8], found.token[:8], found.keys[:8]} == {"https://"}


@given(st.one_of(st.none(), st.text(), st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}")))
def test_any_token_is_refused_in_words(token: object) -> None:
    with pytest.raises(NotUsable):
        id_tokens.identity_in(token, {"keys": []}, issuer=ISSUER, client_id="x", nonce="x", now=0.0)
