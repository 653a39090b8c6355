"""The first start, a question a page. Where it goes on is found out from what is there, so it can be left any time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import StaffRequest, actor_of
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.setup.engine.first_steps import MAY_WAIT, Step, Way
from tryggve.domains.setup.forms.claim import FirmFacts
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.selectors import first_start, keys
from tryggve.domains.setup.services import firm as firm_services
from tryggve.domains.setup.services import first_start as services
from tryggve.domains.setup.views.door import keep_language
from tryggve.lib.language import LANGUAGES
from tryggve.ui import first_work, languages


@permission("setup.welcome")
@require_GET
def welcome(request: StaffRequest) -> HttpResponse:
    """To the first step that isn't behind; after the last one to the first page."""
    step = None if first_start.is_welcomed(request.user) else _way(request).next
    if step is not None:
        return redirect(_name_of(step))
    services.note_welcomed(user=request.user, at=timezone.now())
    request.session.pop(first_start.PRESENT_STEP, None)
    return redirect("setup:home")


@permission("setup.change-firm")
@require_http_methods(["GET", "POST"])
def firm(request: StaffRequest) -> HttpResponse:
    """What was said behind the owner's link, to be put right."""
    known = selectors.the_firm()
    said = {"firm_name": known.name, "country": known.country} if known else {}
    form = FirmFacts(request.POST or None, initial=said)
    if form.is_valid():
        firm_services.change_firm(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        return redirect("setup:welcome")
    return _page(request, Step.FIRM, form=form)


@permission("setup.welcome")
@require_GET
def second_factor(request: StaffRequest) -> HttpResponse:
    """Why one is needed; it is set up on a page of its own. The one step that can't be put off."""
    return _page(request, Step.FACTOR)


@permission("setup.put-off-website")
@require_http_methods(["GET", "POST"])
def website(request: StaffRequest) -> HttpResponse:
    """Which domain is the company's; answered on the page of whoever looks at it."""
    offered = first_work.offered(first_work.WEBSITE)
    suggested = offered.suggested_to(request.user) if offered else ""
    more = {"offered": offered, "suggested": suggested}
    return _put_off(request, Step.WEBSITE) or _page(request, Step.WEBSITE, **more)


@permission("setup.put-off-kit")
@require_http_methods(["GET", "POST"])
def recovery_kit(request: StaffRequest) -> HttpResponse:
    return _put_off(request, Step.KIT) or _page(request, Step.KIT, standing=keys.standing())


@permission("setup.change-mail")
@require_http_methods(["GET", "POST"])
def mail(request: StaffRequest) -> HttpResponse:
    return _put_off(request, Step.MAIL) or _page(request, Step.MAIL)


@permission("setup.put-off-customers")
@require_http_methods(["GET", "POST"])
def customers(request: StaffRequest) -> HttpResponse:
    return _put_off(request, Step.CUSTOMERS) or _page(request, Step.CUSTOMERS)


@permission("setup.choose-language")
@require_http_methods(["GET", "POST"])
def language(request: StaffRequest) -> HttpResponse:
    """The last step of who was invited."""
    chosen = request.POST.get("language")
    if chosen not in LANGUAGES:
        present = translation.get_language()
        return _page(request, Step.LANGUAGE, languages=languages.OWN_NAMES, present=present)
    services.choose_language(user=request.user, language=chosen, at=timezone.now())
    response = redirect("setup:welcome")
    keep_language(request, response, chosen)
    return response


def _put_off(request: HttpRequest, step: Step) -> HttpResponse | None:
    if request.method != "POST":
        return None
    services.put_off(step=step, actor=actor_of(request), at=timezone.now())
    return redirect("setup:welcome")


def _page(request: StaffRequest, step: Step, **more: object) -> HttpResponse:
    """One step with how far one has come; who is past the first start, or has other steps, is led on."""
    way = _way(request)
    if step not in way.steps or first_start.is_welcomed(request.user):
        return redirect("setup:welcome")
    request.session[first_start.PRESENT_STEP] = str(step)
    before = way.before(step)
    context = {
        "number": way.number(step),
        "total": len(way.steps),
        "back": _name_of(before) if before else None,
        "is_settled": step in way.settled,
        "is_there": step in MAY_WAIT and first_start.is_there(step),
    }
    return render(request, f"setup/welcome_{step.replace('-', '_')}.html", {**context, **more})


def _way(request: StaffRequest) -> Way:
    has_factor = asking.factor_age(request, request.user, at=timezone.now()) is not None
    return first_start.way_of(request.user, has_factor=has_factor)


def _name_of(step: Step) -> str:
    return f"setup:welcome-{step}"
