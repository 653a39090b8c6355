"""A sign-in service on this computer that keeps to OpenID Connect Core 1.0 and PKCE, and lies on demand."""

import base64
import functools
import hashlib
import http.client
import json
import secrets
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

CLIENT_ID, CLIENT_SECRET = "tryggve-at-annas", "hemligt: äpplen & päron"
RETURN = "http://localhost:8000/sign-in/provider/return/"
_SMALL, _USUAL = 1024, 2048


@dataclass
class Account:
    """Who is signed in over there."""

    subject: str = "anna-0001"
    email: str = "anna@example.se"
    email_verified: object = True
    more: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What a browser came with, to be given out for a code."""

    redirect_uri: str
    nonce: str
    challenge: str


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, service: "SignInService") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.service = service

    def handle_error(self, *_told: object) -> None:
        """Who hangs up in the midst is no fault of the test's."""


class SignInService:
    """Answers on a port of its own, within ``with``. Everything that tests change is an attribute."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.key, self.other_key = _keys()
        self.account = Account()
        self.redirect_uris = {RETURN}
        self.published: dict[str, object] = {}  # in place of what would be told of itself
        self.claims: dict[str, object] = {}  # in place of what is true; None leaves it out
        self.header: dict[str, object] = {}
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.key_set: object = None
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}  # whole answers, by path
        self.in_form = True
        self.calls: list[str] = []
        self.questions: list[dict[str, str]] = []
        self._codes: dict[str, Asked] = {}
        self._server = _Server(self)
        self._is_encrypted = context is not None
        if context is not None:
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def issuer(self) -> str:
        port = self._server.server_address[1]
        return f"https://localhost:{port}" if self._is_encrypted else f"http://127.0.0.1:{port}"

    def visit(self, address: str) -> str:
        """As a browser that is signed in there does: come with a question, be sent back; returns where to."""
        parts = urlsplit(address)
        line = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=10)
        line.request("GET", f"{parts.path}?{parts.query}")
        answer = line.getresponse()
        content, back = answer.read().decode(), answer.headers["Location"] or ""
        line.close()
        assert answer.status == HTTPStatus.FOUND, content
        return back

    def signed(self, claims: dict[str, Any], *, key: Any = None, algorithm: str = "RS256") -> str:
        """A token as it ought to be, or by another key or algorithm."""
        return jwt.encode(
            claims, key or self.key, algorithm=algorithm, headers={"kid": "first", **self.header}
        )

    def document(self) -> dict[str, object]:
        methods = "client_secret_post" if self.in_form else "client_secret_basic"
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?ui=plain",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [methods],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            **self.published,
        }

    def keys(self) -> object:
        if self.key_set is not None:
            return self.key_set
        return {"keys": [public(self.key)]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent (Core §3.1.2). Raises AssertionError for a question that isn't well made."""
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["client_id"] == CLIENT_ID
        assert asked["redirect_uri"] in self.redirect_uris
        assert asked["code_challenge_method"] == "S256"
        assert asked["ui"] == "plain"  # what stood in the address before must stay (RFC 6749 §3.1)
        self.questions.append(asked)
        code = secrets.token_urlsafe(16)
        self._codes[code] = Asked(asked["redirect_uri"], asked["nonce"], asked["code_challenge"])
        back = {"code": code, "state": asked["state"], "iss": str(self.document()["issuer"])}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, object]]:
        """An id token for a code, once, for who can show the secret and the verifier (Core §3.1.3)."""
        if self._client(form, authorization) != (CLIENT_ID, CLIENT_SECRET):
            return HTTPStatus.UNAUTHORIZED, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or asked.redirect_uri != form.get("redirect_uri"):
            return HTTPStatus.BAD_REQUEST, {"error": "invalid_grant"}
        if _challenge(form.get("code_verifier", "")) != asked.challenge:
            return HTTPStatus.BAD_REQUEST, {"error": "invalid_grant"}
        token = self.sign(self._claims(asked.nonce))
        said: dict[str, object] = {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "id_token": token,
        }
        return HTTPStatus.OK, said

    def _claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        true = {
            "iss": self.issuer, "aud": CLIENT_ID, "sub": self.account.subject, "iat": now, "exp": now + 300,
            "nonce": nonce, "email": self.account.email, "email_verified": self.account.email_verified,
            "name": "Anna Annorlunda", "preferred_username": "annannorlunda", **self.account.more,
        }  # fmt: skip
        return {name: value for name, value in {**true, **self.claims}.items() if value is not None}

    def _client(self, form: dict[str, str], authorization: str) -> tuple[str, str]:
        if self.in_form:
            return form.get("client_id", ""), form.get("client_secret", "")
        known, _colon, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        return unquote_plus(known), unquote_plus(secret)


class _Handler(BaseHTTPRequestHandler):
    @property
    def service(self) -> SignInService:
        assert isinstance(self.server, _Server)
        return self.server.service

    def log_message(self, *_told: object) -> None:
        pass

    def do_GET(self) -> None:
        path, _mark, query = self.path.partition("?")
        if self._answered(path):
            return
        if path == "/authorize":
            self._go_to(dict(parse_qsl(query)))
        elif path == "/.well-known/openid-configuration":
            self._say(HTTPStatus.OK, self.service.document())
        elif path == "/keys":
            self._say(HTTPStatus.OK, self.service.keys())
        else:
            self._say(HTTPStatus.NOT_FOUND, {})

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self._answered(self.path):
            return
        form = {name: values[0] for name, values in parse_qs(content).items()}
        self._say(*self.service.token(form, self.headers.get("Authorization", "")))

    def _answered(self, path: str) -> bool:
        self.service.calls.append(f"{self.command} {path}")
        if path not in self.service.answers:
            return False
        status, headers, content = self.service.answers[path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        return True

    def _go_to(self, asked: dict[str, str]) -> None:
        try:
            back = self.service.authorize(asked)
        except (AssertionError, KeyError) as fault:
            self._say(HTTPStatus.BAD_REQUEST, {"error": repr(fault)})
            return
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", back)
        self.end_headers()

    def _say(self, status: int, what: object) -> None:
        content = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def public(key: RSAPrivateKey, **more: object) -> dict[str, object]:
    """The key as it is published."""
    shown = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**shown, "kid": "first", "use": "sig", "alg": "RS256", **more}


@functools.cache
def small_key() -> RSAPrivateKey:
    """One that is too small to be believed."""
    return generate_private_key(65_537, _SMALL)


@functools.cache
def _keys() -> tuple[RSAPrivateKey, RSAPrivateKey]:
    """Made once for all services of a run: it takes a while."""
    return generate_private_key(65_537, _USUAL), generate_private_key(65_537, _USUAL)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
