"""What other domains may ask about the law, right before they write to customers.

For most cases use :func:`verdicts` in the transaction that marks a mail as being sent, and
:func:`withdrawal_address` for the way to say no that stands in it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tryggve.domains.rights.engine.purposes import LANGUAGES, LegalBasis
from tryggve.domains.rights.selectors.consents import choices, consents
from tryggve.domains.rights.selectors.protection import Protection, protection
from tryggve.domains.rights.selectors.purposes import notices, purposes
from tryggve.domains.rights.selectors.requests import cases
from tryggve.domains.rights.services.consents.writing import Verdict, verdicts
from tryggve.domains.rights.services.destruction.destroying import replay_ledger
from tryggve.domains.rights.services.destruction.gone_keys import confirm_later as confirm_gone_keys
from tryggve.domains.rights.services.erasure_clock import is_believed as is_clock_believed
from tryggve.domains.rights.services.erasure_clock import waits as waits_for_its_date
from tryggve.domains.rights.services.links import links
from tryggve.domains.rights.services.links.limits import may_try_link
from tryggve.domains.rights.services.links.links import LinkEnded, withdrawal_address
from tryggve.domains.rights.visits import CustomersRequest, ended, for_customer
from tryggve.domains.rights.visits import language as page_language
from tryggve.ui import own_address

__all__ = [
    "FEEDBACK_LINK_DAYS",
    "LANGUAGES",
    "CustomersRequest",
    "LinkEnded",
    "Protection",
    "Verdict",
    "WritingPurpose",
    "confirm_gone_keys",
    "ended",
    "for_customer",
    "is_clock_believed",
    "is_feedback_link",
    "make_feedback_link",
    "may_try_link",
    "notice_address",
    "page_language",
    "protection",
    "purpose_name",
    "purposes_to_write_for",
    "replay_ledger",
    "use_feedback_link",
    "verdicts",
    "waits_for_its_date",
    "wants_no_mail",
    "withdrawal_address",
]

# Data about people who work here.
_NO_CUSTOMERS = frozenset({"user", "employee"})


@dataclass(frozen=True, slots=True)
class WritingPurpose:
    """A purpose for which customers may be written to, as it is told in one language.

    ``code`` never changes; ``basis`` is the letter of GDPR art. 6(1); ``is_by_consent``: only to those who said yes.
    """

    id: UUID
    code: str
    name: str
    description: str
    basis: LegalBasis
    is_by_consent: bool


def purposes_to_write_for(language: str) -> list[WritingPurpose]:
    """Those in use that are about customers, in their order; one question."""
    kept = [one for one in purposes.purposes_in_use() if not set(one.facts.persons) <= _NO_CUSTOMERS]
    return [
        WritingPurpose(
            one.id,
            one.code,
            words.name,
            words.description,
            one.facts.legal_basis,
            consents.is_by_consent(one),
        )
        for one in kept
        for words in [one.told_in(choices.spoken(language)).words]
    ]


def purpose_name(purpose: UUID, *, language: str) -> str:
    """What it is called, also after it ended; empty for none."""
    return choices.name_of(purpose, language=language)


def notice_address(language: str) -> str:
    """Where everybody reads how the company uses data, in that language if it is published; empty when none is."""
    published: Collection[str] = notices.languages_published()
    if language in published:
        return own_address.link_to("rights:public-notice-in", language)
    return own_address.link_to("rights:public-notice") if published else ""


FEEDBACK_LINK_DAYS = links.LASTS[links.Use.FEEDBACK].days


def make_feedback_link(customer: UUID, *, at: datetime, address: str = "") -> str:
    """The token of a link by which this customer tells once what they think.

    With an ``address`` it works only as long as that stands on the card. Raises own_address.NotReached.
    """
    own_address.require_reached()
    return links.make(customer=customer, use=links.Use.FEEDBACK, address=address, at=at)


def is_feedback_link(token: str, *, at: datetime) -> bool:
    """Whether somebody may still use it."""
    return links.of_token(token, links.Use.FEEDBACK, at=at) is not None


def use_feedback_link(token: str, *, at: datetime) -> UUID:
    """Use it up, in the caller's transaction; whose it is. Raises LinkEnded."""
    row = links.locked_of_token(token, links.Use.FEEDBACK, at=at)
    links.use_up(row, at=at)
    return row.customer_ref


def wants_no_mail(customer: UUID) -> bool:
    """Whether a customer said no to being written to at all."""
    return cases.has_objected(customer, None)
