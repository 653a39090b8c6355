from django.http import HttpRequest

_LONGEST_NUMBER = 15


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number in the address; None when there is none or it isn't one."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def page_number(request: HttpRequest, name: str = "page") -> int:
    """Which page was asked for; the first for anything that is no number."""
    return number_in(request, name) or 1
