from django.db.models import Exists

from tryggve.domains.setup.engine.first_steps import MAY_WAIT, Step
from tryggve.domains.setup.models import Firm, OwnerLink, PutOff
from tryggve.lib import random_tokens


def the_firm() -> Firm | None:
    """The company this installation belongs to; None before it is claimed."""
    return Firm.objects.first()


def the_firm_of_a_page() -> Firm | None:
    """The same, asked with what it put off: every page names the company, and one reminds of that."""
    put_off = {_asked_as(step): Exists(PutOff.objects.filter(step=step)) for step in MAY_WAIT}
    return Firm.objects.annotate(**put_off).first()


def has_put_off(firm: Firm | None, step: Step) -> bool:
    """Whether a page's company does that step of the first start later."""
    return bool(getattr(firm, _asked_as(step), False))


def _asked_as(step: Step) -> str:
    return f"has_put_off_{step.name.lower()}"


def is_valid_owner_link(token: str) -> bool:
    """Whether the link still makes its bearer the owner: nobody else became it."""
    return the_firm() is None and OwnerLink.objects.filter(token_hash=random_tokens.hash_of(token)).exists()
