from django.http import HttpRequest

_LONGEST_PAGE_NUMBER = 9


def page_number(request: HttpRequest) -> int:
    """Which page was asked for; the first for anything that is no number."""
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) <= _LONGEST_PAGE_NUMBER else 1
