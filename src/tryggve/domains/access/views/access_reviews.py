from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.domains.access.forms.access_reviews import GoThrough
from tryggve.domains.access.selectors import access_reviews as selectors
from tryggve.domains.access.services import access_reviews
from tryggve.lib.errors import Refusal


@permission("access.review-access")
@require_http_methods(["GET", "POST"])
def review(request: StaffRequest) -> HttpResponse:
    """Everybody with access on one page, each to be ticked or changed; then it is signed off."""
    now = timezone.now()
    lines = selectors.lines(viewer=request.user, at=now)
    data = request.POST if request.method == "POST" else None
    form = GoThrough(data, people=[(line.stamp, line.name) for line in lines])
    if form.is_valid():
        try:
            access_reviews.sign_off(seen=form.seen, by=request.user, at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved, with today's date. Tryggve asks again in three months."))
            return redirect("access:people")
    context = {
        "form": form,
        "rows": [(line, form[line.stamp]) for line in lines],
        "last": selectors.last(at=now),
    }
    return render(request, "access/access_review.html", context)
