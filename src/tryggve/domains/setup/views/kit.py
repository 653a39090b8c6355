from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.setup import keys_sheet
from tryggve.domains.setup.forms import keys as keys_forms
from tryggve.domains.setup.selectors import firm as selectors
from tryggve.domains.setup.selectors import first_start
from tryggve.domains.setup.selectors import keys as keys_selectors
from tryggve.domains.setup.services import keys as keys_services
from tryggve.lib.errors import Refusal
from tryggve.vault import custody
from tryggve.vault.shares import MADE


@permission("setup.keys")
@require_http_methods(["GET", "POST"])
def kit(request: HttpRequest) -> HttpResponse:
    """What the recovery kit is, and the button that makes one."""
    if request.method == "POST":
        number = keys_services.make_kit(actor=actor_of(request), at=timezone.now())
        return redirect("setup:kit-page", number=number, share=1)
    return render(request, "setup/kit.html", {"standing": keys_selectors.standing()})


@permission("setup.keys")
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, number: int, share: int) -> HttpResponse:
    """One page of a new kit: nothing of it stands here; it is opened apart, printed, and put away."""
    if request.method == "POST":
        custody.put_sheet_away(number=number, share=share, by=actor_of(request))
        if share < MADE:
            return redirect("setup:kit-page", number=number, share=share + 1)
        return redirect("setup:kit-try")
    custody.require_sheet(number=number, share=share, by=actor_of(request))
    context = {"number": number, "share": share, "made": MADE, "has_pdf": keys_sheet.can_make_pdf()}
    return render(request, "setup/kit_page.html", context)


@permission("setup.keys")
@require_POST
def print_page(request: HttpRequest, number: int, share: int) -> HttpResponse:
    """The page itself: a PDF made in memory, or a page of the browser's own where there is no Pango.

    Only ever at the press of a button: neither a browser that reads ahead nor its «back» shows the words.
    """
    sheet = keys_services.open_sheet(number=number, share=share, actor=actor_of(request), at=timezone.now())
    firm = selectors.the_firm()
    if not keys_sheet.can_make_pdf():
        return HttpResponse(keys_sheet.as_page(sheet, firm=firm))
    answer = HttpResponse(keys_sheet.as_pdf(sheet, firm=firm), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="tryggve-{number}-{share}.pdf"'
    return answer


@permission("setup.keys")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def try_kit(request: HttpRequest) -> HttpResponse:
    """Type two of the three in: only then does the kit count, and the one before it opens nothing more."""
    form = keys_forms.Shares(request.POST or None)
    if form.is_valid():
        try:
            number = keys_services.test_kit(shares=form.typed(), actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _(
                "Recovery kit no. %(number)s works and counts from now on. Throw pages of older kits away."
            )
            messages.success(request, told % {"number": number})
            return redirect("setup:welcome" if first_start.PRESENT_STEP in request.session else "setup:keys")
    return render(request, "setup/kit_try.html", {"form": form, "standing": keys_selectors.standing()})
