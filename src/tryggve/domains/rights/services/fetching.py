"""Fetching a page of one's own as a customer's browser does: by the address that everybody has, with no cookie."""

import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, urlsplit

_SECONDS = 15.0
_LONGEST_BYTES = 4 * 1024 * 1024
_AS: Mapping[str, str] = {"User-Agent": "Tryggve", "Accept": "text/html", "Connection": "close"}


class NoAnswer(Exception):
    """Nobody answers at the address, as seen from this computer."""


class NotTrusted(Exception):
    """Whoever answers at the address can't show that it is theirs: a browser warns of it."""


class NoPage(Exception):
    """What answers at the address is no page: nothing is there, or it leads somewhere else."""


def page_at(address: str) -> str:
    """The page's source. Certificates are checked as browsers do. Raises NoAnswer, NotTrusted and NoPage."""
    where = urlsplit(address)
    connection = _connection(where)
    try:
        connection.request("GET", where.path or "/", headers=dict(_AS))
        answer = connection.getresponse()
        content = answer.read(_LONGEST_BYTES)
    except ssl.SSLError as error:
        raise NotTrusted from error
    except (OSError, HTTPException) as error:
        raise NoAnswer from error
    finally:
        connection.close()
    if answer.status != 200:
        raise NoPage(answer.status)
    return content.decode("utf-8", "replace")


def _connection(where: SplitResult) -> HTTPConnection:
    host = where.hostname or ""
    if where.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, where.port, timeout=_SECONDS, context=context)
    return HTTPConnection(host, where.port, timeout=_SECONDS)
