"""What a customer chose on a page, and what the customer is told when a yes can't be written down."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tryggve.domains.rights.services.portal.answers import Answer, ChangedMeanwhile
from tryggve.lib.errors import Refusal

_PURPOSE, _WORDS, _NEWEST, _TAKEN_BACK = "purpose-", "words-", "newest-", "take-back"


def said_on(request: HttpRequest) -> dict[UUID, Answer]:
    """Yes and no by purpose, with what the page showed beside it; what was left open is left out."""
    return {
        purpose: Answer(value == "yes", _id_in(request, _WORDS, purpose), _id_in(request, _NEWEST, purpose))
        for name, value in request.POST.items()
        if value in ("yes", "no") and (purpose := _id(name.removeprefix(_PURPOSE)))
    }


def taken_back_on(request: HttpRequest) -> dict[UUID, Answer]:
    """The one yes whose own button was pressed."""
    purpose = _id(request.POST.get(_TAKEN_BACK, ""))
    return {purpose: Answer(False)} if purpose else {}


def words_on(request: HttpRequest) -> dict[UUID, UUID | None]:
    """By purpose, the words that were to be read on a page whose button says yes to all of them."""
    return {
        purpose: _id(str(value))
        for name, value in request.POST.items()
        if name.startswith(_WORDS) and (purpose := _id(name.removeprefix(_WORDS)))
    }


def in_words(refusal: Refusal) -> str:
    """For the customer. Why is no business of whoever else reads the mailbox: that it is a child, or is gone."""
    if isinstance(refusal, ChangedMeanwhile):
        return str(refusal)
    return _(
        "Your yes couldn't be written down here. Ask the company to do it. Each no that you said counts."
    )


def _id_in(request: HttpRequest, kind: str, purpose: UUID) -> UUID | None:
    return _id(request.POST.get(f"{kind}{purpose}", ""))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
