from django.http import HttpRequest

from tryggve.domains.setup.models import Firm


def firm(request: HttpRequest) -> dict[str, Firm | None]:
    """Give the pages the firm's name; error pages outside the chain of middleware go without."""
    return {"firm": getattr(request, "firm", None)}
