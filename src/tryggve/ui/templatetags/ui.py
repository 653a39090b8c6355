"""The components. ``{% load ui %}`` in a template; each renders a small file under ``templates/ui/parts``."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.ui import languages, manifest, menu, portal, search
from tryggve.ui import reminders as waiting

register = template.Library()

_MESSAGE_TONES = {"warning": "warning", "error": "danger"}


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file. Raises NotBuilt."""
    return manifest.address(name)


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """Whether who reads this page has that permission: what somebody can't use isn't shown."""
    return permissions.may(context["request"].user, permission)


@register.filter
def bdi(name: object) -> SafeString:
    """A person's name, kept from turning the text around it when it is written from right to left."""
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def customer_name(name: str) -> SafeString:
    """The same of a customer, who may have none."""
    return bdi(name) if name else format_html("{}", _("A customer without a name"))


@register.filter
def tone(level: str) -> str:
    """The look of one of Django's messages."""
    return _MESSAGE_TONES.get(level, "info")


@register.inclusion_tag("ui/parts/menu.html", takes_context=True)
def areas(context: Context) -> dict[str, object]:
    """The seven areas, or those of them that this person can use."""
    return {"links": _menu(context).areas, "look": "areas", "name": _("Menu")}


@register.inclusion_tag("ui/parts/menu.html", takes_context=True)
def pages(context: Context) -> dict[str, object]:
    """The pages within the present area, when there are several."""
    return {"links": _menu(context).pages, "look": "rooms", "name": _("In this part")}


def _menu(context: Context) -> menu.Shown:
    request = context["request"]
    return menu.the_menu.shown(request.user, request.path)


@register.inclusion_tag("ui/parts/menu.html", takes_context=True)
def portal_pages(context: Context) -> dict[str, object]:
    """The pages of a customer's own."""
    return {"links": portal.links(context["request"].path), "look": "rooms", "name": _("Your page")}


@register.inclusion_tag("ui/parts/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, object]:
    return {"languages": languages.OWN_NAMES, "here": context["request"].get_full_path()}


@register.inclusion_tag("ui/parts/reminders.html", takes_context=True)
def reminders(context: Context) -> dict[str, object]:
    """One line for each thing that waits for who reads this page; nothing for visitors."""
    request = context.get("request")
    is_known = request is not None and isinstance(getattr(request, "user", None), User)
    return {"reminders": waiting.of(request) if request is not None and is_known else []}


@register.inclusion_tag("ui/parts/search_box.html", takes_context=True)
def search_box(context: Context, target: str = "") -> dict[str, object]:
    """The search box, if somebody answers it; results go to ``target`` (a CSS selector) or below the box."""
    offered = search.offered()
    if offered is None or not permissions.may(context["request"].user, offered.permission):
        return {}
    return {"search": offered, "target": target}


@register.inclusion_tag("ui/parts/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """A form field with label, help and error, tied together for screen readers."""
    widget = bound.field.widget
    is_tick = isinstance(widget, CheckboxInput)
    look = "form-check-input" if is_tick or isinstance(widget, RadioSelect) else "form-control"
    look = "form-select" if isinstance(widget, Select) and not isinstance(widget, RadioSelect) else look
    return {
        "field": bound,
        # A placeholder is no label: it is gone when one has begun to type.
        "control": bound.as_widget(attrs={"class": look, "placeholder": False}),
        "is_tick": is_tick,
        "is_optional": not (bound.field.required or is_tick) and _is_anything_required(bound.form),
    }


def _is_anything_required(form: BaseForm) -> bool:
    """Where nothing is, it would only be noise to say so of each field."""
    return any(bound.field.required for bound in form.visible_fields())


@register.inclusion_tag("ui/parts/fields.html")
def fields(form: BaseForm) -> dict[str, object]:
    """What is wrong, and all fields of a form."""
    return {"form": form}


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, object]:
    """A summary above a form: what to mend, with links to the fields."""
    return {"form": form, "wrong": [bound for bound in form if bound.errors]}


@register.inclusion_tag("ui/parts/empty_state.html")
def empty_state(title: str, text: str, button: str = "", address: str = "") -> dict[str, object]:
    """What a page says before there is anything on it: the first step, with a button."""
    return {"title": title, "text": text, "button": button, "address": address}


@register.inclusion_tag("ui/parts/stat.html")
def stat(value: object, label: str) -> dict[str, object]:
    """A number with what it counts; stands in ``<dl class="stats">``."""
    return {"value": value, "label": label}


@register.inclusion_tag("ui/parts/badge.html")
def badge(text: str, tone: str = "") -> dict[str, object]:
    """One word of state; ``tone`` is good, warning, danger or nothing."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("ui/parts/notice.html")
def notice(text: str, title: str = "", tone: str = "info") -> dict[str, object]:
    """A boxed sentence; ``tone`` is info, warning or danger."""
    return {"text": text, "title": title, "tone": tone}


@register.inclusion_tag("ui/parts/progress.html")
def progress(value: int, total: int, label: str) -> dict[str, object]:
    """How far something has come, in words and as a bar; ``total`` 0 means nobody knows yet."""
    return {"value": value, "total": total, "label": label}


@register.inclusion_tag("ui/parts/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> dict[str, object]:
    """Links to the pages before and after, when there are several."""
    return {"page": page, "request": context.get("request")}
