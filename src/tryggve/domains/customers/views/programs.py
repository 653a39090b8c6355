"""Customers for the firm's own programs, without sensitive details."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from tryggve.accounts.pages import actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.engine.details import Details
from tryggve.domains.customers.selectors import register
from tryggve.ui import api, openapi

_MOST_PAGES = 10**6


@permission("customers.api", for_programs=True)
@api.answers_programs
def customers(request: HttpRequest) -> JsonResponse:
    """Fifty at a time, in order of their names."""
    api.require_known(request, "page")
    page = register.customer_page(
        number=api.number(request, "page", usual=1, least=1, most=_MOST_PAGES),
        **who_asks(request),
    )
    return JsonResponse(
        {
            "customers": [_in_brief(customer, details) for customer, details in page.object_list],
            "page": page.number,
            "pages": page.paginator.num_pages,
        }
    )


@permission("customers.api", for_programs=True)
@api.answers_programs
def customer(request: HttpRequest, customer: str) -> JsonResponse:
    api.require_known(request)
    try:
        card = register.customer_card(
            customer=api.identity(customer),
            actor=actor_of(request),
            at=timezone.now(),
            page="api",
            reach=asking.reach(request),
        )
    except register.NoSuchCustomer as cause:
        raise api.NotThere from cause
    told = _in_brief(card.id, card.details) | {
        "organisation": card.details.organisation,
        "addresses": [
            {"street": one.street, "postcode": one.postcode, "city": one.city, "country": one.country}
            for one in card.details.addresses
        ],
        "changed_at": card.changed_at.isoformat(),
    }
    return JsonResponse(told)


def _in_brief(customer: UUID, details: Details) -> dict[str, Any]:
    return {
        "id": str(customer),
        "name": details.title,
        "kind": details.kind,
        "emails": list(details.emails),
        "phones": list(details.phones),
        "tags": list(details.tags),
    }


_TEXT, _TEXTS = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
_BRIEF = {
    "id": {"type": "string", "format": "uuid"},
    "name": _TEXT,
    "kind": _TEXT,
    "emails": _TEXTS,
    "phones": _TEXTS,
    "tags": _TEXTS,
}
_ADDRESS = {
    "type": "object",
    "required": ["street", "postcode", "city", "country"],
    "additionalProperties": False,
    "properties": dict.fromkeys(("street", "postcode", "city", "country"), _TEXT),
}
_CUSTOMER = _BRIEF | {
    "organisation": _TEXT,
    "addresses": {"type": "array", "items": _ADDRESS},
    "changed_at": {"type": "string", "format": "date-time"},
}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


openapi.get(
    "/api/v1/customers",
    summary="Customers in order of their names, fifty a page, without sensitive details.",
    parameters=[
        {
            "name": "page",
            "in": "query",
            "description": "One too high gives the last.",
            "schema": {"type": "integer", "minimum": 1, "maximum": _MOST_PAGES, "default": 1},
        }
    ],
    answer=_object(
        {
            "customers": {"type": "array", "items": openapi.schema("CustomerInBrief", _object(_BRIEF))},
            "page": {"type": "integer"},
            "pages": {"type": "integer"},
        }
    ),
)
openapi.get(
    "/api/v1/customers/{customer}",
    summary="One customer, without sensitive details.",
    parameters=[
        {
            "name": "customer",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "format": "uuid"},
        }
    ],
    answer=openapi.schema("Customer", _object(_CUSTOMER)),
    not_found=True,
)
