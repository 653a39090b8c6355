"""What sessions and jobs hold, and whether it is only ids and codes.

Each key that a session may hold stands here with the shape of its values: a new one is a decision.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django_tasks_db.models import DBTaskResult

from tests.program import Program

Job = Mapping[str, Any]

_JOBS = DBTaskResult._meta.db_table
_SALT = "django.contrib.sessions.SessionStore"


def sessions_of(program: Program) -> list[dict[str, object]]:
    """Every session in the database of a program that runs on SQLite, in clear."""
    secret = (program.config / "secret-key").read_text().strip()
    with closing(sqlite3.connect(program.data / "tryggve.sqlite3")) as database:
        rows = database.execute("SELECT session_data FROM django_session").fetchall()
    return [signing.loads(data, key=secret, salt=_SALT, serializer=JSONSerializer) for (data,) in rows]


def jobs_of(program: Program) -> list[Job]:
    """Every row of its table of jobs."""
    with closing(sqlite3.connect(program.data / "tryggve.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(f"SELECT * FROM {_JOBS}")]  # noqa: S608 - Django's name


def faults_of_session(session: Mapping[str, object]) -> Iterator[str]:
    """Keys that aren't known here, and values that aren't of their key's shape."""
    for key, value in session.items():
        if key not in SESSION_KEYS or not SESSION_KEYS[key](value):
            yield f"{key}: {value!r}"


def faults_of_job(job: Job) -> Iterator[str]:
    """Arguments that are no ids or codes, a result, and anything of a failure but its class and place."""
    given = json.loads(job["args_kwargs"]) if isinstance(job["args_kwargs"], str) else job["args_kwargs"]
    if given["kwargs"] or not all(_is_id(value) or isinstance(value, int) for value in given["args"]):
        yield f"arguments: {given!r}"
    if job["return_value"] not in (None, "null"):
        yield f"result: {job['return_value']!r}"
    if not _PLACE.fullmatch(job["traceback"]) or not _CLASS.fullmatch(job["exception_class_path"]):
        yield f"failure: {job['exception_class_path']!r} at {job['traceback']!r}"


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _are_found(value: object) -> bool:
    """The newest searches: a random token and the customers' ids each."""
    return isinstance(value, dict) and all(
        _TOKEN.fullmatch(token) and all(map(_is_id, customers)) for token, customers in value.items()
    )


def _are_counts(value: object) -> bool:
    """How many of those found match nearly only, by the search's token."""
    return isinstance(value, dict) and all(
        _TOKEN.fullmatch(token) and isinstance(count, int) for token, count in value.items()
    )


def _are_ways(value: object) -> bool:
    """How somebody who works here showed who it is: methods, times, and ids of factors."""
    known = {"method", "type", "at", "id", "passwordless", "reauthenticated"}
    return isinstance(value, list) and all(set(each) <= known and _holds_codes(each) for each in value)


def _holds_codes(value: object) -> bool:
    """Whether there is nothing but ids, codes, numbers and paths of ours, however deep."""
    if isinstance(value, dict):
        return all(_is_code(key) and _holds_codes(one) for key, one in value.items())
    return value is None or isinstance(value, bool | int | float) or _is_code(value) or _is_path(value)


def _is_sign_in(value: object) -> bool:
    """The session's own record: ids, hashes and times."""
    if not isinstance(value, dict) or value.keys() != {"id", "device", "started", "seen"}:
        return False
    times = isinstance(value["started"], float) and isinstance(value["seen"], float)
    return _is_id(value["id"]) and times and _HASH.fullmatch(value["device"]) is not None


def _are_networks(value: object) -> bool:
    """By the hash of each: its country and what else is known of it; none for what comes by no network."""
    known = {"country", "is_hosting", "is_known", "is_known_country", "is_confirmed"}
    return isinstance(value, dict) and all(
        (not tag or _HASH.fullmatch(tag))
        and sight.keys() == known
        and all(map(_is_of_a_sight, sight.values()))
        for tag, sight in value.items()
    )


def _is_of_a_sight(value: object) -> bool:
    return (
        value is None
        or isinstance(value, bool)
        or (isinstance(value, str) and _COUNTRY.fullmatch(value) is not None)
    )


def _is_question(value: object) -> bool:
    """What a passkey was asked: random bytes."""
    if not isinstance(value, dict) or value.keys() != {"challenge", "user_verification"}:
        return False
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", value["challenge"]) is not None and _is_code(
        value["user_verification"]
    )


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_path(value: object) -> bool:
    return isinstance(value, str) and _PATH.fullmatch(value) is not None


def _are_rounds(value: object) -> bool:
    """Rounds to another company's sign-in that haven't come back: random values, a page of ours, an id, a time."""
    known = {"process", "next", "nonce", "pkce_code_verifier", "begun_by"}
    return isinstance(value, dict) and all(set(kept) <= known for kept, _at, _whose in value.values())


def _is(shape: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(shape, value) is not None


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[a-z_]{1,40}|[0-9a-f]{32}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_HASH = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
_PATH = re.compile(r"/[a-z0-9/?=&._-]*")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16}")
_CLASS = re.compile(r"|[A-Za-z_][\w.]*")
_PLACE = re.compile(r"|[a-z_][\w.]*:\d+")

SESSION_KEYS: dict[str, Callable[[object], bool]] = {
    "_auth_user_id": _is_id,
    "_auth_user_backend": _is(r"[A-Za-z_.]+"),
    "_auth_user_hash": _is(r"[0-9a-f]{64}"),
    "_session_expiry": lambda value: value == 0,  # with the browser
    "account_authentication_methods": _are_ways,
    "account_authentication_methods_user": _is_id,
    "account_login": _holds_codes,  # of who has shown the password and not yet the second factor
    "access.new-secret": _is(r"([0-9a-f]{2})+"),  # sealed under the service key
    "access.proven": lambda value: isinstance(value, int),
    "access.then": _is_path,
    "mfa.webauthn.state": _is_question,
    "setup.first-step": _is(r"[a-z-]+"),
    "signed_in": _is_sign_in,
    "networks": _are_networks,
    "customers_found": _are_found,
    "customers_found_nearly": _are_counts,
    "socialaccount_states": _are_rounds,
}

# Only while somebody is away at another company's sign-in.
KEYS_OF_A_ROUND = {"socialaccount_states"}
