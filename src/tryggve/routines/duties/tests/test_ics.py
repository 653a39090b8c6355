"""The calendar file, read again by the rules of RFC 5545 §3.1 and §3.3.11 as they stand."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tryggve.routines.duties import ics
from tryggve.routines.duties.ics import Event

MADE_AT = datetime(2026, 3, 2, 8, 30, 5, tzinfo=UTC)
# What a program of ours could be told at worst; half a letter isn't one.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
_STEERING = "\x00\x07\x1b\x85\u2028\u2029\r"


def unfolded(file: bytes) -> list[str]:
    """The content lines; each begins a property."""
    assert file.endswith(b"\r\n")
    lines = file.replace(b"\r\n ", b"").decode().split("\r\n")
    assert lines.pop() == ""
    return lines


def unescaped(value: str) -> str:
    told, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            sign = {"n": "\n", "\\": "\\", ";": ";", ",": ","}[next(signs)]
        else:
            assert sign not in ";,"
        told += sign
    return told


def read(file: bytes) -> list[dict[str, str]]:
    """The events, by the names of their properties."""
    events: list[dict[str, str]] = []
    for line in unfolded(file):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and name != "END":
            events[-1][name] = unescaped(value)
    return events


def test_calendar_is_as_the_standard_writes_it() -> None:
    event = Event("1@tryggve.invalid", date(2026, 12, 31), "Läs; tänk, gör", "Varför\n\nHur")
    assert ics.calendar("Rutiner", [event], language="sv", made_at=MADE_AT).decode() == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Tryggve//Routines//SV",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "NAME:Rutiner",
            "X-WR-CALNAME:Rutiner",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
            "X-PUBLISHED-TTL:PT6H",
            "BEGIN:VEVENT",
            "UID:1@tryggve.invalid",
            "DTSTAMP:20260302T083005Z",
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "SUMMARY:Läs\\; tänk\\, gör",
            "DESCRIPTION:Varför\\n\\nHur",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


@settings(deadline=None)
@given(title=TEXT, text=TEXT, name=TEXT)
def test_whatever_is_told_is_read_again_and_nothing_else(title: str, text: str, name: str) -> None:
    file = ics.calendar(name, [Event("1@x", date(2026, 3, 2), title, text)], language="en", made_at=MADE_AT)
    [event] = read(file)
    assert set(event) == {
        *("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION", "TRANSP"),
    }
    assert len(event["SUMMARY"]) == len(title)
    assert all(told in (" ", meant) for told, meant in zip(event["SUMMARY"], title, strict=True))
    assert event["DESCRIPTION"].count("\n") == text.count("\n")


@settings(deadline=None)
@given(title=TEXT, text=TEXT)
def test_lines_are_short_whole_and_steer_nothing(title: str, text: str) -> None:
    file = ics.calendar("x", [Event("1@x", date(2026, 3, 2), title, text)], language="en", made_at=MADE_AT)
    for line in file.split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line.decode()) & set(_STEERING + "\n")


@pytest.mark.parametrize("before", range(5))
def test_no_letter_is_cut_in_two_and_no_line_too_long(before: int) -> None:
    title = "a" * before + "å€𝄞" * 60
    file = ics.calendar("x", [Event("1@x", date(2026, 3, 2), title, "")], language="en", made_at=MADE_AT)
    lengths = [len(line.decode().encode()) for line in file.split(b"\r\n")]
    assert (max(lengths) <= 75, max(lengths) > 70) == (True, True)
    assert read(file)[0]["SUMMARY"] == title


def test_text_that_ends_the_calendar_is_only_text() -> None:
    hostile = "x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VALARM"
    file = ics.calendar("x", [Event("1@x", date(2026, 3, 2), hostile, "")], language="en", made_at=MADE_AT)
    assert [line for line in unfolded(file) if line.startswith(("END", "BEGIN"))] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_calendar_without_anything_is_whole() -> None:
    file = ics.calendar("x", [], language="en", made_at=MADE_AT)
    assert (read(file), unfolded(file)[-1]) == ([], "END:VCALENDAR")
