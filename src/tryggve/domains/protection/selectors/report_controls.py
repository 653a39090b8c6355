"""Each protection as a report tells it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tryggve.accounts.models import User
from tryggve.controls import catalogue, selectors
from tryggve.controls.catalogue import Control
from tryggve.controls.models import Attestation, Evidence, Exemption, Statement
from tryggve.controls.selectors import Protection
from tryggve.domains.protection import report_words
from tryggve.domains.protection.models import Report

Told = dict[str, Any]

# A customer is told what holds and what doesn't, and none of the numbers that would help who means harm.
_NO_NUMBERS = frozenset({Report.Reader.CUSTOMER})
_LAW: Mapping[str, Sequence[str]] = {
    Report.Reader.OWN: ("gdpr", "iso", "cis"),
    Report.Reader.CUSTOMER: (),
    Report.Reader.INSURER: ("iso", "cis"),
    Report.Reader.AUTHORITY: ("gdpr", "iso"),
}


def told_controls(
    known: Mapping[str, Protection],
    wanted: Sequence[Control],
    counted: Collection[Control],
    *,
    reader: str,
    language: str,
) -> list[Told]:
    """In the order of those wanted, in the language of the moment, which is to be that one. One query."""
    roles = _roles(_said_by(known[one.id] for one in wanted))
    return [
        {
            **_told(one, known[one.id], roles, reader=reader, language=language),
            "is_counted": one in counted,
        }
        for one in wanted
    ]


def evidence(row: Evidence | None, *, reader: str) -> Told | None:
    """One measuring as the log is held against it."""
    if row is None:
        return None
    told: Told = {
        "entry": row.entry,
        "control": row.control,
        "verdict": row.verdict,
        "cause": row.cause,
        "received_at": _moment(row.received_at),
    }
    if reader not in _NO_NUMBERS:
        told |= {
            "facts": row.facts,
            "observed_at": _moment(row.observed_at),
            "valid_until": _moment(row.valid_until),
        }
    return told


def people_by(statements: Collection[UUID]) -> Mapping[str, str]:
    """What whoever said that is called, by the statement's id."""
    kinds = (Attestation, Exemption)
    said = {row.pk: row.by_ref for kind in kinds for row in kind.objects.filter(pk__in=statements)}
    names = dict(User.objects.filter(pk__in=said.values()).values_list("pk", "name"))
    return {str(one): names[by] for one, by in said.items() if by in names}


def _told(one: Control, found: Protection, roles: Mapping[str, str], *, reader: str, language: str) -> Told:
    words, standing = catalogue.words(one.id, language), found.standing
    shown = found.conclusive if standing.state.value == "failing" else found.latest
    law = {name: list(getattr(one, name)) for name in _LAW[reader]}
    return {
        "id": one.id,
        "area": one.area,
        "heading": words.heading,
        "title": words.title,
        "state": standing.state.value,
        "state_told": report_words.state_name(standing.state),
        "since": _moment(standing.since),
        "cause": standing.cause,
        "told": report_words.evidence_of(found, roles),
        "facts_told": _facts(shown, reader),
        "shows": words.shows,
        "does_not_show": words.does_not_show,
        "observed_at": _moment(shown.observed_at) if shown else None,
        "valid_until": _moment(shown.valid_until) if shown else None,
        "evidence": evidence(shown, reader=reader),
        "attested": _statement(found.attestation, roles),
        "exempted": _statement(found.exemption, roles),
        "law": law,
    }


def _facts(row: Evidence | None, reader: str) -> list[Told]:
    if row is None or reader in _NO_NUMBERS:
        return []
    return [
        {"title": title, "value": report_words.value_of(value)}
        for title, value in selectors.facts_in_words(row)
    ]


def _statement(one: Statement | None, roles: Mapping[str, str]) -> Told | None:
    if one is None:
        return None
    role = roles.get(str(one.by_ref), "")
    return {
        "statement": str(one.pk),
        "role": role.lower(),
        "said_at": _moment(one.said_at),
        "until": _moment(one.until),
    }


def _said_by(protections: Iterator[Protection]) -> set[UUID]:
    pairs = ((one.attestation, one.exemption) for one in protections)
    return {said.by_ref for pair in pairs for said in pair if said is not None}


def _roles(people: Collection[UUID]) -> Mapping[str, str]:
    return {str(pk): role for pk, role in User.objects.filter(pk__in=people).values_list("pk", "role")}


def _moment(at: datetime | None) -> str | None:
    """As the log has it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
