"""The only calls to another computer over HTTP: to the sign-in service that the firm itself chose.

Encrypted with the certificate checked, an end in time and size, never on to another address. Settings for proxies in
the environment aren't followed.
"""

import base64
import contextlib
import http.client
import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from urllib.parse import SplitResult, quote_plus, urlencode

from tryggve.domains.access.engine import openid
from tryggve.domains.access.engine.openid import Endpoints, NotUsable, Trouble
from tryggve.notices.conversation import Deadline

SECONDS = 5.0
SECONDS_IN_ALL = 10.0
LARGEST_BYTES = 512 * 1024
_CLIENT_REFUSED = {"invalid_client", "unauthorized_client"}
_JSON = {"Accept": "application/json"}
_FORM = {**_JSON, "Content-Type": "application/x-www-form-urlencoded"}


def discovered(issuer: str, *, in_all: float = SECONDS_IN_ALL) -> Endpoints:
    """Where this provider answers, as it publishes now. Raises NotUsable."""
    status, document = _asked(openid.discovery_of(issuer), in_all=in_all)
    if status != HTTPStatus.OK:
        raise NotUsable(Trouble.NOT_FOUND)
    return openid.endpoints_of(document, issuer=issuer)


def keys_of(endpoints: Endpoints, *, in_all: float = SECONDS_IN_ALL) -> Mapping[str, object]:
    """The keys that it signs with. Raises NotUsable."""
    status, document = _asked(endpoints.keys, in_all=in_all)
    if status != HTTPStatus.OK or not isinstance(document.get("keys"), list):
        raise NotUsable(Trouble.INCOMPLETE)
    return document


def token_for(
    endpoints: Endpoints,
    *,
    code: str,
    verifier: str,
    redirect_uri: str,
    client_id: str,
    secret: str,
    in_all: float = SECONDS_IN_ALL,
) -> object:
    """What the provider says of who came, in exchange for the code (Core §3.1.3). Raises NotUsable."""
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier,
    }  # fmt: skip
    headers = dict(_FORM)
    if endpoints.secret_in_form:
        form |= {"client_id": client_id, "client_secret": secret}
    else:
        known_by = f"{quote_plus(client_id)}:{quote_plus(secret)}".encode()  # RFC 6749 §2.3.1
        headers["Authorization"] = f"Basic {base64.b64encode(known_by).decode()}"
    status, document = _asked(endpoints.token, body=urlencode(form), headers=headers, in_all=in_all)
    if status != HTTPStatus.OK:
        raise NotUsable(Trouble.WRONG_SECRET if document.get("error") in _CLIENT_REFUSED else Trouble.CODE)
    return document.get("id_token")


def _asked(
    address: str, *, in_all: float, body: str | None = None, headers: Mapping[str, str] = _JSON
) -> tuple[int, dict[str, object]]:
    parts = openid.split(address, may_be_here=True)
    path = f"{parts.path or '/'}?{parts.query}".removesuffix("?")
    with Deadline(in_all) as deadline, _told(deadline), contextlib.closing(_line_to(parts, deadline)) as line:
        line.request("POST" if body is not None else "GET", path, body, dict(headers))
        with line.getresponse() as answer:
            if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
                raise NotUsable(Trouble.REDIRECTED)
            content = answer.read(LARGEST_BYTES + 1)
        if deadline.has_passed:
            raise NotUsable(Trouble.TOO_SLOW)
    return answer.status, _document(content)


def _line_to(parts: SplitResult, deadline: Deadline) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    is_encrypted = parts.scheme == "https"
    port = parts.port or (http.client.HTTPS_PORT if is_encrypted else http.client.HTTP_PORT)
    kind = http.client.HTTPSConnection if is_encrypted else http.client.HTTPConnection
    connection = kind(host, port)
    line = socket.create_connection((host, port), timeout=SECONDS)
    connection.sock = line  # closed with the connection, whatever follows
    deadline.watch(line)
    if is_encrypted:
        try:
            connection.sock = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        except BaseException:
            connection.close()
            raise
    return connection


def _document(content: bytes) -> dict[str, object]:
    try:
        found = json.loads(content) if len(content) <= LARGEST_BYTES else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise NotUsable(Trouble.NOT_READABLE)
    return found


@contextlib.contextmanager
def _told(deadline: Deadline) -> Iterator[None]:
    """Every fault on the way becomes a code: what it says holds addresses."""
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotUsable(_trouble_of(error, deadline)) from None


def _trouble_of(error: Exception, deadline: Deadline) -> Trouble:
    if deadline.has_passed or isinstance(error, TimeoutError):
        return Trouble.TOO_SLOW
    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    return Trouble.NOT_READABLE if isinstance(error, http.client.HTTPException) else Trouble.UNREACHABLE
