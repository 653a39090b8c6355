import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tryggve.audit import canonical, leaves, registry, services
from tryggve.audit.models import Entry

_UNHURRIED = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_CODES = st.from_regex(r"[a-z][a-z0-9._:-]{0,30}", fullmatch=True)
_COUNTS = st.integers(-(2**53) + 1, 2**53 - 1)


def rfc_8785(value: Any) -> str:
    """The algorithm of RFC 8785 §3.2, written from its text."""
    match value:
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int():
            return str(value)
        case str():
            return '"' + "".join(_escaped(each) for each in value) + '"'
        case list():
            return "[" + ",".join(map(rfc_8785, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(f"{rfc_8785(key)}:{rfc_8785(value[key])}" for key in keys) + "}"


def _escaped(each: str) -> str:
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    return short.get(each) or (f"\\u{ord(each):04x}" if ord(each) < 0x20 else each)


_ASCII = st.text(st.characters(max_codepoint=0x7E), max_size=8)
_VALUES = st.recursive(
    st.none() | st.booleans() | _COUNTS | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_ASCII, inner, max_size=4),
)


@_UNHURRIED
@given(st.dictionaries(_ASCII, _VALUES, max_size=5))
def test_encode_writes_what_rfc_8785_asks_for(value: dict[str, Any]) -> None:
    assert canonical.encode(value) == rfc_8785(value)


@pytest.mark.django_db
@_UNHURRIED
@given(
    at=st.integers(1_577_836_800_000_000, 4_102_444_800_000_000).map(
        lambda microseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    ),
    subject=st.none() | st.uuids(),
    facts=st.fixed_dictionaries(
        {},
        optional={
            "rows": _COUNTS,
            "done": st.booleans(),
            "kind": _CODES,
            "fields": st.lists(_CODES, max_size=5),
        },
    ),
)
def test_leaf_of_any_entry_is_canonical_json_of_what_was_recorded(
    seen: registry.Action, at: datetime, subject: UUID | None, facts: dict[str, Any]
) -> None:
    action = registry.actions().get("customers.customer-tried") or registry.declare(
        "customers.customer-tried", "Tried", rows=int, done=bool, kind=str, fields=list[str]
    )
    entry = services.record(action, actor="machine:anna", at=at, subject=subject, **facts).pk
    leaves.append(1, entry, [entry])

    found = leaves.stretch(1, entry, entry + 1)

    fraction = f".{at.microsecond:06}" if at.microsecond else ""
    expected = {
        "action": "customers.customer-tried",
        "actor": "machine:anna",
        "at": f"{at:%Y-%m-%dT%H:%M:%S}{fraction}Z",
        "commitment": None,
        "entry": entry,
        "facts": facts,
        "subject": str(subject) if subject else None,
        "v": 1,
    }
    assert found.leaves == [rfc_8785(expected).encode()]
    assert json.loads(found.leaves[0] or b"") == expected
    assert Entry.objects.get(pk=entry).facts == facts
