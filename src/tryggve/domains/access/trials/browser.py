"""A browser within this process: it keeps cookies, fills in forms, and goes through all that the product is made of."""

import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponseBase
from django.utils.module_loading import import_string

_TOKEN: Final = re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
_SEE_OTHER: Final = frozenset({HTTPStatus.FOUND, HTTPStatus.SEE_OTHER})


class Page:
    """What came back: the status, where it sends on to (a path, empty for nowhere), and what stands on it."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.status: int = response.status_code
        is_elsewhere = self.status in _SEE_OTHER
        self.goes_to: str = urlsplit(response.headers.get("Location", "")).path if is_elsewhere else ""
        self.content: bytes = b"" if response.streaming else getattr(response, "content", b"")


class Browser:
    """Somebody's browser, somewhere on the net. Whatever it does is written down: undo the transaction around it."""

    def __init__(self, cookies: Mapping[str, str] | None = None) -> None:
        self._handler = WSGIHandler()
        self._cookies: SimpleCookie = SimpleCookie(cookies or {})
        # RFC 3849: an address of documentation. Another each time, or one trial's guesses would count for the next.
        self._address = f"2001:db8:{secrets.token_hex(2)}::{secrets.token_hex(2)}"

    def get(self, path: str) -> Page:
        return self._ask("GET", path, b"")

    def send(self, path: str, **answers: str) -> Page:
        """Open the page and send the form on it, with what the page gave against forms of other pages."""
        found = _TOKEN.search(self.get(path).content)
        token = found.group(1).decode() if found else ""
        return self._ask("POST", path, urlencode({**answers, "csrfmiddlewaretoken": token}).encode())

    @property
    def session(self) -> SessionBase:
        """What the server keeps for this browser."""
        engine = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        kept = self._cookies.get(settings.SESSION_COOKIE_NAME)
        found: SessionBase = engine(kept.value if kept else None)
        return found

    def _ask(self, method: str, path: str, body: bytes) -> Page:
        request = self._handler.request_class(self._environ(method, path, body))
        response = self._handler.get_response(request)
        for name, cookie in response.cookies.items():
            self._cookies[name] = cookie.value
            if cookie["max-age"] == 0:
                del self._cookies[name]
        return Page(response)

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        scheme = "https" if settings.COOKIES_ARE_SECURE else "http"
        at = urlsplit(settings.ORIGIN or f"{scheme}://localhost")
        host = at.netloc
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": at.hostname or "",
            "SERVER_PORT": str(at.port or (443 if scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self._address,
            "HTTP_HOST": host,
            "HTTP_ORIGIN": f"{scheme}://{host}",
            "HTTP_REFERER": f"{scheme}://{host}{path}",
            "HTTP_USER_AGENT": "Tryggve tries its own door",
            "HTTP_COOKIE": "; ".join(f"{key}={one.coded_value}" for key, one in self._cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": True,
        }
