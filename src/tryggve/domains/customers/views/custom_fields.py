from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggve.accounts.pages import actor_of
from tryggve.accounts.permissions import permission
from tryggve.domains.customers.forms.custom_fields import CustomFieldForm
from tryggve.domains.customers.selectors import custom_fields as selectors
from tryggve.domains.customers.services import custom_fields as services
from tryggve.lib.errors import Refusal


@permission("customers.fields")
@require_GET
def show_all(request: HttpRequest) -> HttpResponse:
    """The firm's own fields, in the order in which cards show them."""
    fields = selectors.all_fields()
    context = {
        "fields": [field for field in fields if not field.is_archived],
        "put_away": [field for field in fields if field.is_archived],
    }
    return render(request, "customers/fields.html", context)


@permission("customers.fields")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = CustomFieldForm(request.POST or None)
    if form.is_valid():
        try:
            services.add_field(**form.cleaned_data, actor=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Each customer's card has the field now."))
            return redirect("customers:fields")
    return render(request, "customers/field.html", {"form": form})


@permission("customers.fields")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, field: UUID) -> HttpResponse:
    known = next((one for one in selectors.all_fields() if one.id == str(field)), None)
    if known is None:
        raise services.NoSuchField
    form = CustomFieldForm(request.POST or None, initial=CustomFieldForm.initial_from(known))
    if form.is_valid():
        try:
            services.change_field(
                field=field, **form.cleaned_data, actor=actor_of(request), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("customers:fields")
    return render(request, "customers/field.html", {"form": form, "known": known})


@permission("customers.fields")
@require_POST
def move(request: HttpRequest, field: UUID) -> HttpResponse:
    """One place up or down."""
    is_up = request.POST.get("where") == "up"
    services.move_field(field=field, is_up=is_up, actor=actor_of(request), at=timezone.now())
    return redirect("customers:fields")


@permission("customers.fields")
@require_POST
def put_away(request: HttpRequest, field: UUID) -> HttpResponse:
    """Ask for it no more, or again; nothing that was answered is lost, so nobody is asked twice."""
    if request.POST.get("back"):
        services.restore_field(field=field, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("The field is back on the cards."))
    else:
        services.archive_field(field=field, actor=actor_of(request), at=timezone.now())
        messages.success(request, _("The field is put away. What was answered stays; you can bring it back."))
    return redirect("customers:fields")
