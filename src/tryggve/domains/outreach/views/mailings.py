"""The list of messages to customers, writing one, and one with its preview or how far it has come."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers import api as customers
from tryggve.domains.outreach import mail_bodies
from tryggve.domains.outreach.forms.mailings import MailingForm, Seen
from tryggve.domains.outreach.selectors import audience, quarters
from tryggve.domains.outreach.selectors import mailings as selectors
from tryggve.domains.outreach.selectors.mailings import Whole
from tryggve.domains.outreach.services import mailings
from tryggve.domains.rights import api as rights
from tryggve.domains.setup import api as setup
from tryggve.notices import selectors as notices
from tryggve.ui import fragments, own_address
from tryggve.ui.languages import OWN_NAMES
from tryggve.ui.paging import page_number


@permission("outreach.view")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """What was written to customers, and the word of the quarter if there is one to write."""
    listed = selectors.mailing_page(number=page_number(request))
    offer = quarters.offered(today=timezone.localdate())
    context = {"listed": listed, "offer": offer, "languages": OWN_NAMES, "language": setup.firm_language()}
    return render(request, "outreach/mailings.html", context)


@permission("outreach.write")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new message."""
    form = _form(request, initial={"language": setup.firm_language()})
    if form.is_valid():
        made = mailings.write(written=form.written(), actor=actor_of(request), at=timezone.now())
        return redirect("outreach:mailing", mailing=made)
    return render(request, "outreach/mailing_form.html", {"form": form})


@permission("outreach.write")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """Say something else, as long as nobody has got it."""
    whole = selectors.whole_mailing(mailing)
    if whole.row.state != whole.row.State.DRAFT:
        raise mailings.NotADraft
    form = _form(request, initial=_as_written(whole), tags=whole.words.tags)
    if form.is_valid():
        mailings.change(
            mailing=mailing,
            seen_revision=form.cleaned_data["revision"] or 0,
            written=form.written(),
            actor=actor_of(request),
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("outreach:mailing", mailing=mailing)
    return render(request, "outreach/mailing_form.html", {"form": form, "mailing": mailing})


@permission("outreach.view")
@require_GET
def show(request: HttpRequest, mailing: UUID) -> HttpResponse:
    """A draft as customers will see it, or how far the sending has come."""
    return page(request, mailing)


@permission("outreach.write")
@require_POST
def delete(request: HttpRequest, mailing: UUID) -> HttpResponse:
    mailings.delete(mailing=mailing, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The draft is deleted."))
    return redirect("outreach:mailings")


def page(request: HttpRequest, mailing: UUID, **context: Any) -> HttpResponse:
    """The page of one message; while it is being sent, the part that changes alone for who has it open."""
    whole = selectors.whole_mailing(mailing)
    may_steer = selectors.may_be_steered(whole.row, by=actor_of(request), reach=asking.reach(request))
    context |= {"whole": whole, "purpose": _purpose(whole), "may_steer": may_steer}
    if fragments.is_wanted(request):
        return render(request, "outreach/_progress.html", context)
    if whole.row.state == whole.row.State.DRAFT:
        context |= _of_draft(request, whole)
    else:
        context["unreached"] = selectors.unreached(whole.row, **who_asks(request))
    context["body"] = _body(whole)
    return render(request, "outreach/mailing.html", context)


def _of_draft(request: HttpRequest, whole: Whole) -> dict[str, Any]:
    """Who would get it now, and what stands in the way."""
    found = audience.audience_of(
        whole.row,
        whole.words.tags,
        **who_asks(request),
    )
    return {
        "audience": found,
        "seen": Seen(initial={"revision": whole.row.revision}),
        "has_server": notices.the_mail_server() is not None,
        "trouble": "" if own_address.is_reached() else str(own_address.NotReached()),
    }


def _body(whole: Whole) -> mail_bodies.Body:
    frame = mail_bodies.frame_of(whole.row.purpose_ref, whole.row.language)
    # Nobody's link: the page shows where it stands, and it leads nowhere.
    return mail_bodies.body(whole.words, frame, stop=own_address.link_to("portal:withdraw", "-"))


def _purpose(whole: Whole) -> str:
    purpose = whole.row.purpose_ref
    return rights.purpose_name(purpose, language=get_language() or "en") if purpose else ""


def _form(request: HttpRequest, *, initial: dict[str, Any], tags: tuple[str, ...] = ()) -> MailingForm:
    """``tags``: those that were chosen before, also when nobody has them any more."""
    used = [tag for tag, _count in customers.tags_in_use(reach=asking.reach(request))]
    purposes = rights.purposes_to_write_for(get_language() or "en")
    return MailingForm(
        request.POST or None, initial=initial, purposes=purposes, tags=[*dict.fromkeys([*tags, *used])]
    )


def _as_written(whole: Whole) -> dict[str, Any]:
    row, words = whole.row, whole.words
    return {
        "revision": row.revision,
        "purpose": str(row.purpose_ref) if row.purpose_ref else "",
        "tags": list(words.tags),
        "language": row.language,
        "subject": words.subject,
        "text": words.text,
        "per_minute": row.per_minute,
    }
