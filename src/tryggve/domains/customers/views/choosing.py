"""Whom the list shows, as its address says it: ids, codes, and of tags a code that means something to one session."""

from collections.abc import Callable, Sequence

from django.http import HttpRequest, QueryDict
from django.utils.crypto import salted_hmac

from tryggve.accounts import selectors as accounts
from tryggve.accounts.policy import Reach
from tryggve.domains.customers.forms.filters import Filters

_CODE_DIGITS = 16


def code_of_tag(request: HttpRequest) -> Callable[[str], str]:
    """Tells a tag's code from its key: who reads addresses in a log can't try tags out, nor compare two people's."""
    salt = f"customers.tag {request.session.session_key}"
    return lambda key: salted_hmac(salt, key, algorithm="sha256").hexdigest()[:_CODE_DIGITS]


def filters_of(request: HttpRequest, query: QueryDict, *, tags: Sequence[tuple[str, int]]) -> Filters:
    """What an address says, to be read; it offers nobody to choose from."""
    return Filters(query, tags=tags, code_of=code_of_tag(request))


def form_of(request: HttpRequest, *, tags: Sequence[tuple[str, int]], reach: Reach) -> Filters:
    """The form that says what this page's address says, to be changed."""
    people = _people_within(reach)
    form = Filters(request.GET, tags=tags, code_of=code_of_tag(request), people=people)
    if not people:
        form.leave_out_people()
    return form


def query_in(request: HttpRequest) -> str:
    """What this page's address chooses, without what else it says."""
    query = request.GET.copy()
    for name in set(query) - set(Filters.base_fields):
        del query[name]
    return query.urlencode()


def _people_within(reach: Reach) -> list[tuple[str, str]]:
    """Whom customers can be looked after by that somebody sees; nobody to choose from for who sees his own alone."""
    if reach.people is not None and len(reach.people) == 1:
        return []
    people = accounts.colleagues()
    return [(str(one.id), one.name) for one in people if reach.people is None or one.id in reach.people]
