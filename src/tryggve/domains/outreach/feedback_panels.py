"""What this domain shows on a customer's card: the way to ask what they think."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from tryggve.domains.customers.api import Told


def nothing(customer: UUID, request: HttpRequest, told: Told) -> Mapping[str, Any]:
    """A button needs no facts."""
    return {}
