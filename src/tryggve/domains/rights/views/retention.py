"""Who is due, who is kept all the same, and erasing the chosen ones after a yes."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tryggve.accounts.pages import actor_of, who_asks
from tryggve.accounts.permissions import permission
from tryggve.domains.rights import retention_words
from tryggve.domains.rights.engine.purposes import Language
from tryggve.domains.rights.forms.retention import Chosen
from tryggve.domains.rights.selectors.purposes.purposes import Kept
from tryggve.domains.rights.selectors.retention import due
from tryggve.domains.rights.services.erasure import quarantine
from tryggve.domains.rights.services.retention import keeping, keeping_by_law, purging, reviews
from tryggve.domains.rights.views.languages import asked_language
from tryggve.ui.paging import page_number


@permission("rights.retention")
@require_GET
def show_due(request: HttpRequest) -> HttpResponse:
    """Whom nothing needs any more and why, the rules, and when to look through them next."""
    by, language = who_asks(request), asked_language(request)
    page = due.due_page(number=page_number(request), **by)
    names = due.names_of_purposes()
    in_use = [one for one in names.values() if not one.is_ended]
    context = {
        "page": page,
        "rows": _told(list(page.object_list), names, language),
        "rules": list(retention_words.rules_of(in_use, language)),
        "deeds": list(retention_words.DEEDS.values()),
        "review": due.review(today=timezone.localdate(by["at"])),
    }
    return render(request, "rights/retention.html", context)


@permission("rights.retention")
@require_GET
def show_kept(request: HttpRequest) -> HttpResponse:
    """Who is kept or held and why, and what the law has the company keep of those who were erased."""
    by = who_asks(request)
    page = due.kept_page(number=page_number(request), **by)
    left = due.left_by_law(number=page_number(request, "left"), **by)
    return render(request, "rights/retention_kept.html", {"page": page, "left": left})


@permission("rights.retention")
@require_POST
def ask_purge(request: HttpRequest) -> HttpResponse:
    """Who will be put aside and who is left out, before a yes."""
    form = Chosen(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.non_field_errors())))
        return redirect("rights:retention")
    found = due.due_among(form.customers, **who_asks(request))
    rows = _told(found, due.names_of_purposes(), asked_language(request))
    context = {
        "going": [one for one in rows if not one[2]],
        "staying": [one for one in rows if one[2]],
        "days": quarantine.quarantine_days(at=timezone.now()),
    }
    return render(request, "rights/retention_purge.html", context)


@permission("rights.purge")
@require_POST
def purge(request: HttpRequest) -> HttpResponse:
    """Put them aside, to be erased when the waiting time is over."""
    form = Chosen(request.POST)
    if not form.is_valid() or not form.cleaned_data["sure"]:
        messages.error(request, _("Nothing was changed."))
        return redirect("rights:retention")
    done = purging.purge(form.customers, **who_asks(request))
    if count := len(done.put_aside):
        told = ngettext("%(count)d customer is put aside.", "%(count)d customers are put aside.", count)
        messages.success(request, told % {"count": count})
    for why, count in done.counted().items():
        told = ngettext(
            "%(count)d customer was left out: %(why)s.", "%(count)d were left out: %(why)s.", count
        )
        messages.warning(request, told % {"count": count, "why": retention_words.LEFT_OUT[why]})
    return redirect("rights:erasures" if done.put_aside else "rights:retention")


@permission("rights.keep")
@require_POST
def reviewed(request: HttpRequest) -> HttpResponse:
    """The half-yearly look is done."""
    reviews.write_down_review(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Written down. Tryggve reminds you of the next time."))
    return redirect("rights:retention")


@permission("rights.keep")
@require_POST
def end_keep(request: HttpRequest, keep: UUID) -> HttpResponse:
    """The reason is gone."""
    customer = keeping.end_keep(keep=keep, **who_asks(request))
    messages.success(request, _("Ended."))
    return redirect("rights:keeping", customer=customer)


@permission("rights.keep")
@require_POST
def remove_by_law(request: HttpRequest, kept: UUID) -> HttpResponse:
    """Destroy what was kept by law, with its key."""
    customer = keeping_by_law.remove(kept=kept, **who_asks(request))
    messages.success(request, _("Removed."))
    return redirect("rights:keeping", customer=customer) if customer else redirect("rights:retention-kept")


def _told(
    rows: Iterable[due.Row], names: Mapping[UUID, Kept], language: Language
) -> list[tuple[due.Row, str, str]]:
    """Each with why it is due, and why it can't be erased now, in words."""
    return [
        (
            one,
            retention_words.why(one, names, language),
            str(retention_words.LEFT_OUT[one.why_not]) if one.why_not else "",
        )
        for one in rows
    ]
