from django.utils.translation import gettext_lazy as _

from tryggve.controls.registry import CannotMeasure
from tryggve.domains.setup import api as setup

CAUSES = {"not-begun": _("Nobody has begun to use Tryggve here yet.")}


def require_begun() -> None:
    """Go on if there is a company, and so people and their rights. Raises CannotMeasure."""
    if setup.in_use_since() is None:
        raise CannotMeasure("not-begun")
