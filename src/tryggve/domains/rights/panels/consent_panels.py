"""What this domain shows on a customer's card of consents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, Q
from django.db.models.fields.json import KT
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from tryggve.domains.customers.api import Told
from tryggve.domains.rights.engine import consents as engine
from tryggve.domains.rights.engine.consents import Event
from tryggve.domains.rights.engine.purposes import LANGUAGES
from tryggve.domains.rights.models import ConsentEvent, Purpose
from tryggve.domains.rights.selectors.consents import choices
from tryggve.lib.rows_as_json import listed, moment, rows_as_json

_EVENTS = rows_as_json(
    ConsentEvent.objects.filter(purpose=OuterRef("pk"), customer_ref=OuterRef(OuterRef("pk"))),
    kind="kind",
    text="text_id",
    retired_at="text__retired_at",
    happened_at="happened_at",
    recorded_at="recorded_at",
    holds_until="holds_until",
)
_BY_CONSENT = Q(facts__legal_basis="a") | Q(facts__special_basis="a")
BESIDE = rows_as_json(
    Purpose.objects.filter(_BY_CONSENT, ended_at=None).annotate(events=_EVENTS),
    place="position",
    id="pk",
    events="events",
    **{language: KT(f"words__{language}__name") for language in LANGUAGES},
)


def of_customer(customer: UUID, request: HttpRequest, told: Told) -> Mapping[str, Any]:
    """Each purpose that asks for consent, and how the customer stands to it; no question."""
    language = choices.spoken(get_language() or "en")
    now = timezone.now()  # noqa: TID251 - a part of the view of the card
    in_order = sorted(told, key=lambda one: (one["place"], one["id"]))
    return {
        "consents": [{"name": _name(one, language), "state": str(_standing(one, now))} for one in in_order]
    }


def _name(purpose: Mapping[str, Any], language: str) -> str:
    """In the language, or else in another that it was written in."""
    return next((purpose[one] for one in (language, *LANGUAGES) if purpose[one]), "")


def _standing(purpose: Mapping[str, Any], at: datetime) -> engine.State:
    return engine.standing(map(_event, listed(purpose["events"])), at).state


def _event(told: Mapping[str, Any]) -> Event:
    return Event(
        kind=cast(engine.Kind, told["kind"]),
        happened_at=moment(told["happened_at"]),
        recorded_at=moment(told["recorded_at"]),
        has_text=told["text"] is not None and told["retired_at"] is None,
        holds_until=moment(told["holds_until"]) if told["holds_until"] else None,
    )
