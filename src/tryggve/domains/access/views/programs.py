"""The log for the firm's own programs, and the description of the whole API."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import PUBLIC, permission
from tryggve.audit.models import Entry
from tryggve.domains.access.selectors import log as log_selectors
from tryggve.ui import api, openapi

_MOST_AT_ONCE = 100
_MOST = 10**9 - 1


@permission("access.api-log", for_programs=True)
@api.answers_programs
def entries(request: HttpRequest) -> JsonResponse:
    """Entries of the log, the newest first; what they say in words is not among it."""
    api.require_known(request, "limit", "before")
    limit = api.number(request, "limit", usual=50, least=1, most=_MOST_AT_ONCE)
    before = api.number(request, "before", usual=0, least=1, most=_MOST) or None
    found = log_selectors.entries_for_program(
        limit=limit, before=before, actor=actor_of(request), at=timezone.now()
    )
    older = found[-1].pk if len(found) == limit else None
    return JsonResponse({"entries": [_told(entry) for entry in found], "older": older})


@permission(PUBLIC)
@api.answers_programs
def description(request: HttpRequest) -> JsonResponse:
    return JsonResponse(openapi.document())


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": entry.recorded_at.isoformat(),
        "action": entry.action,
        "actor": entry.actor,
        "subject": str(entry.subject) if entry.subject else None,
        "facts": entry.facts,
    }


_ENTRY = openapi.schema(
    "Entry",
    {
        "type": "object",
        "required": ["id", "at", "action", "actor", "subject", "facts"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "integer"},
            "at": {"type": "string", "format": "date-time"},
            "action": {"type": "string"},
            "actor": {"type": "string"},
            "subject": {"type": ["string", "null"], "format": "uuid"},
            "facts": {"type": "object"},
        },
    },
)
openapi.get(
    "/api/v1/log",
    summary="Entries of the log, the newest first, without what they say in words.",
    parameters=[
        {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "minimum": 1, "maximum": _MOST_AT_ONCE, "default": 50},
        },
        {
            "name": "before",
            "in": "query",
            "description": "Only entries older than this one: what the last answer gave as older.",
            "schema": {"type": "integer", "minimum": 1, "maximum": _MOST},
        },
    ],
    answer={
        "type": "object",
        "required": ["entries", "older"],
        "additionalProperties": False,
        "properties": {
            "entries": {"type": "array", "items": _ENTRY},
            "older": {"type": ["integer", "null"]},
        },
    },
)
