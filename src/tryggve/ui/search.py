from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Search:
    """Who answers the search box on top of every page."""

    url_name: str
    label: str | Promise
    permission: str


_offered: list[Search] = []


def offer(*, url_name: str, label: str | Promise, permission: str) -> None:
    """Answer the search box: the page gets ``text`` by POST, and by htmx gives back a fragment of results.

    Raises ValueError when another page answers it already.
    """
    if _offered:
        raise ValueError(f"{_offered[0].url_name} answers the search box already")
    _offered.append(Search(url_name, label, permission))


def offered() -> Search | None:
    return _offered[0] if _offered else None
