"""Between reading a list and saying yes to it: columns, rows, doubles."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.columns import Columns
from tryggve.domains.customers.forms.doubles import DoubleRules, Doubles
from tryggve.domains.customers.forms.mending import Mending
from tryggve.domains.customers.selectors import custom_fields, import_doubles, import_rows
from tryggve.domains.customers.selectors.waiting import NotWaiting
from tryggve.domains.customers.services import deciding
from tryggve.domains.customers.words import imports as import_words
from tryggve.ui.paging import page_number


@permission("customers.import")
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What each column is, to be set right by hand."""
    now, actor = timezone.now(), actor_of(request)
    try:
        shown = import_rows.columns_shown(batch=batch, actor=actor, at=now)
    except NotWaiting:
        return redirect("customers:import", batch=batch)
    questions = custom_fields.ordinary_fields()
    form = Columns(request.POST or None, columns=shown, questions=questions)
    if form.is_valid():
        deciding.match_columns(batch=batch, fields=form.matched, actor=actor, at=now)
        return redirect("customers:import", batch=batch)
    context = {"form": form, "batch": batch, "not_from_lists": custom_fields.sensitive_fields()}
    return render(request, "customers/import_columns.html", context)


@permission("customers.import")
@require_GET
def rows(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What happens with each row, fifty on a page, of one fate or all."""
    try:
        shown = import_rows.rows_page(
            batch=batch,
            fate=request.GET.get("fate", ""),
            number=page_number(request),
            actor=actor_of(request),
            at=timezone.now(),
        )
    except NotWaiting:
        return redirect("customers:import", batch=batch)
    context = {
        "shown": shown,
        "batch": batch,
        "fates": [(fate, import_words.FATES[fate], count) for fate, count in shown.counts.items()],
    }
    return render(request, "customers/import_rows.html", context)


@permission("customers.import")
@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, batch: UUID, place: int) -> HttpResponse:
    """One row with its cells to be mended; saved, the next one that is set aside follows."""
    now, actor = timezone.now(), actor_of(request)
    try:
        shown, headings = import_rows.row_shown(batch=batch, place=place, actor=actor, at=now)
    except NotWaiting:
        return redirect("customers:import", batch=batch)
    form = Mending(request.POST or None, row=shown, columns=headings)
    if form.is_valid():
        deciding.mend_row(batch=batch, place=place, cells=form.cells, actor=actor, at=now)
        following = import_rows.next_set_aside(batch=batch, after=place - 1)
        if following is None:
            return redirect("customers:import", batch=batch)
        return redirect("customers:import-row", batch=batch, place=following)
    context = {
        "form": form,
        "batch": batch,
        "row": shown,
        "following": import_rows.next_set_aside(batch=batch, after=place),
    }
    return render(request, "customers/import_row.html", context)


@permission("customers.import")
@require_http_methods(["GET", "POST"])
def doubles(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Of each row that may be about somebody known: the same, another person, or left out."""
    now, actor, number = timezone.now(), actor_of(request), page_number(request)
    try:
        shown = import_doubles.doubles_page(batch=batch, number=number, actor=actor, at=now)
    except NotWaiting:
        return redirect("customers:import", batch=batch)
    form = Doubles(request.POST or None, doubles=list(shown.page))
    rules = DoubleRules(request.POST or None, kinds=shown.kinds, rules=shown.decided.rules)
    if form.is_valid() and rules.is_valid():
        deciding.decide_doubles(batch=batch, choices=form.choices, rules=rules.rules, actor=actor, at=now)
        return redirect("customers:import-doubles", batch=batch)
    return render(
        request,
        "customers/import_doubles.html",
        {"shown": shown, "form": form, "rules": rules, "batch": batch},
    )


@permission("customers.import")
@require_POST
def compare(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Work out anew what would happen."""
    deciding.compare_again(batch=batch, actor=actor_of(request), at=timezone.now())
    return redirect("customers:import", batch=batch)
