from typing import Any

from django.db.models import Exists, Subquery

from tryggve.domains.setup.engine.first_steps import MAY_WAIT, Step
from tryggve.domains.setup.models import Firm, OwnerLink, PutOff
from tryggve.lib import random_tokens

_asked_besides: dict[str, Subquery] = {}


def ask_besides(name: str, one: Subquery) -> None:
    """Have every page's question about the company tell this too."""
    _asked_besides[name] = one


def the_firm() -> Firm | None:
    """The company this installation belongs to; None before it is claimed."""
    return Firm.objects.first()


def the_firm_of_a_page() -> Firm | None:
    """The same, with what it put off and what other domains asked: each page names the company, one reminds of that."""
    put_off = {_asked_as(step): Exists(PutOff.objects.filter(step=step)) for step in MAY_WAIT}
    return Firm.objects.annotate(**put_off, **_asked_besides).first()


def told_besides(firm: Firm | None, name: str) -> Any:
    """What was asked with a page's company; None where it was told of none."""
    return getattr(firm, name, None)


def has_put_off(firm: Firm | None, step: Step) -> bool:
    """Whether a page's company does that step of the first start later."""
    return bool(getattr(firm, _asked_as(step), False))


def _asked_as(step: Step) -> str:
    return f"has_put_off_{step.name.lower()}"


def is_valid_owner_link(token: str) -> bool:
    """Whether the link still makes its bearer the owner: nobody else became it."""
    return the_firm() is None and OwnerLink.objects.filter(token_hash=random_tokens.hash_of(token)).exists()
