"""How the company is known to a provider of identities: a client id and a secret, kept by whichever domain asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.domains.access import provider_calls
from tryggve.domains.access.engine import openid
from tryggve.domains.access.engine.openid import NotUsable, Trouble
from tryggve.domains.access.words.provider import SENTENCES
from tryggve.lib.errors import Refusal

REACHED = "reached"


_Row = TypeVar("_Row", bound=models.Model)


class UnusableAddress(Refusal):
    """No provider can be called at that address."""


class SecretNeeded(Refusal):
    """The saved secret belongs to another provider or another client id."""

    sentence: ClassVar = _("Type the client secret, too: a saved one is never sent to another service.")


@dataclass(frozen=True, slots=True)
class Change(Generic[_Row]):
    """What was there before, and the names of what changed; none: nothing was written."""

    before: _Row | None
    fields: list[str]


def keep(
    model: type[_Row], told: Mapping[str, object], *, secret: str | None, sealed_for: str, at: datetime
) -> Change[_Row]:
    """Write the one row of that model, in the caller's transaction; ``secret`` None keeps the old one.

    Raises UnusableAddress, SecretNeeded and vault.Locked.
    """
    _require_usable(str(told["issuer"]))
    before = model._default_manager.select_for_update().filter(pk=1).first()
    changed = {name for name, value in told.items() if before is None or getattr(before, name) != value}
    written = dict(told)
    if secret is not None:
        written["secret_sealed"] = vault.seal_for_service(sealed_for, secret.encode())
        changed.add("client_secret")
    elif not keeps_secret(before, told):
        raise SecretNeeded
    if changed:
        model._default_manager.update_or_create(pk=1, defaults={**written, "changed_at": at})
    return Change(before, sorted(name.replace("_", "-") for name in changed))


def keeps_secret(known: models.Model | None, told: Mapping[str, object]) -> bool:
    """Whether the secret that is saved goes to the same provider, under the same client id."""
    return known is not None and all(
        getattr(known, name) == told.get(name) for name in ("issuer", "client_id")
    )


def what_is_wrong(issuer: str) -> Trouble | None:
    """Ask the provider what it says of itself and for its keys."""
    try:
        provider_calls.keys_of(provider_calls.discovered(issuer))
    except NotUsable as found:
        return found.trouble
    return None


def _require_usable(issuer: str) -> None:
    try:
        openid.discovery_of(issuer)
    except NotUsable as cause:
        raise UnusableAddress(str(SENTENCES[cause.trouble])) from None
