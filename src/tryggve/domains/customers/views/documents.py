from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggve.accounts.pages import who_asks
from tryggve.accounts.permissions import permission
from tryggve.accounts.policy import asking
from tryggve.domains.customers.engine import document_kinds
from tryggve.domains.customers.forms.documents import DocumentUpload
from tryggve.domains.customers.selectors import documents as shown
from tryggve.domains.customers.services import documents
from tryggve.lib.errors import Refusal


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, customer: UUID) -> HttpResponse:
    """Choose a file; it is on the card when it is sealed."""
    documents.in_force(customer, asking.reach(request))
    form = DocumentUpload(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            documents.add_document(
                customer=customer,
                name=file.name,
                source=file,
                **who_asks(request),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The document is kept, encrypted."))
            return redirect("customers:card", customer=customer)
    return render(request, "customers/document_add.html", {"form": form, "customer": customer})


@permission("customers.view")
@require_GET
def show(request: HttpRequest, customer: UUID, document: UUID) -> HttpResponse:
    """What can be shown without opening the file in a program: a picture drawn anew, or text."""
    found, text = shown.document_shown(
        customer=customer,
        document=document,
        **who_asks(request),
    )
    context = {"document": found, "text": text, "customer": customer}
    return render(request, "customers/document.html", context)


@permission("customers.view")
@require_GET
def picture(request: HttpRequest, customer: UUID, document: UUID) -> HttpResponse:
    drawn = shown.picture_drawn(
        customer=customer,
        document=document,
        **who_asks(request),
    )
    return HttpResponse(drawn, content_type="image/jpeg")


@permission("customers.view")
@require_GET
def file(request: HttpRequest, customer: UUID, document: UUID) -> HttpResponseBase:
    """The file itself, to be saved: no browser opens it in the product's own name."""
    found, pieces = shown.document_to_hand_out(
        customer=customer,
        document=document,
        **who_asks(request),
    )
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.name)
        or "attachment",
        "Content-Length": str(found.size_bytes),
        # Else a proxy before Tryggve may lay it, readable, in a folder of its own.
        "X-Accel-Buffering": "no",
    }
    return StreamingHttpResponse(pieces, content_type=document_kinds.UNKNOWN, headers=headers)


@permission("customers.change")
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, customer: UUID, document: UUID) -> HttpResponse:
    """Asked once more, since it can't be undone."""
    if request.method == "POST":
        documents.remove_document(
            customer=customer,
            document=document,
            **who_asks(request),
        )
        messages.success(request, _("The document is removed."))
        return redirect("customers:card", customer=customer)
    found, _text = shown.document_shown(
        customer=customer,
        document=document,
        **who_asks(request),
    )
    return render(request, "customers/document_remove.html", {"document": found, "customer": customer})
