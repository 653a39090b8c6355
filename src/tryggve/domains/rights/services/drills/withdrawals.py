"""Whether nobody is written to who said nothing, and nobody who said no, by the question that every mail asks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from tryggve.audit import actors
from tryggve.domains.rights.models import ConsentEvent
from tryggve.domains.rights.selectors.consents import choices, consents
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.rights.services.consents import consents as said
from tryggve.domains.rights.services.consents.consents import Channel, Circumstances, Said
from tryggve.domains.rights.services.consents.writing import Verdict, verdicts
from tryggve.domains.rights.services.drills import planted
from tryggve.domains.rights.services.drills.planted import Planted
from tryggve.domains.setup import api as setup


class NeverWritten(RuntimeError):
    """Nobody could be written to even after a yes, so that it shows nothing that a no stops it."""


def let_through(purposes: Collection[Kept], *, at: datetime) -> list[UUID]:
    """The purposes for which a made-up customer could be written to before a yes that it needs, or after a no.

    Raises NeverWritten and vault.Locked.
    """
    askable = consents.newest_texts().keys()
    # Each for itself, so that nobody else who writes waits long.
    return [kept.id for kept in purposes if _is_let_through(kept, kept.id in askable, at)]


def _is_let_through(kept: Kept, has_words: bool, at: datetime) -> bool:
    needs_yes = consents.is_by_consent(kept)
    with planted.customer(at=at) as one:
        if needs_yes and _may_be_written_to(one, kept.id, at):
            return True
        if needs_yes and has_words:
            _agree(one, kept.id, at)
        if (has_words or not needs_yes) and not _may_be_written_to(one, kept.id, at):
            raise NeverWritten
        said.withdraw(
            customer=one.id, purpose=kept.id, channel=Channel.LINK, actor=actors.ANONYMOUS,
            language=_language(), at=at,
        )  # fmt: skip
        return _may_be_written_to(one, kept.id, at)


def _agree(one: Planted, purpose: UUID, at: datetime) -> None:
    how = Circumstances(Channel.PORTAL, at, actors.ANONYMOUS, _language(), by_customer=True)
    yes = [Said(purpose, ConsentEvent.Kind.GIVEN)]
    said.record(customer=one.id, said=yes, how=how, at=at)


def _may_be_written_to(one: Planted, purpose: UUID, at: datetime) -> bool:
    return verdicts([one.person], purpose, at=at)[one.id] is Verdict.YES


def _language() -> str:
    return choices.spoken(setup.firm_language())
