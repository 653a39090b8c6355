"""For other domains: whom alarms go to, and where somebody tells what has happened."""

from django.urls import reverse

from tryggve.domains.incidents.selectors.alerted import people_alerted

__all__ = ["address_to_tell", "people_alerted"]


def address_to_tell() -> str:
    """Where the big button leads."""
    return reverse("incidents:report")
