from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tryggve.accounts import addresses, permissions
from tryggve.accounts.pages import StaffRequest
from tryggve.accounts.permissions import permission
from tryggve.accounts.roles import Role
from tryggve.domains.access.selectors import access_reviews
from tryggve.domains.access.selectors import people as selectors
from tryggve.domains.access.words import addresses as address_words
from tryggve.domains.access.words import people as words


@permission("access.see-people")
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    """Everybody who works here, each in a sentence; who was invited; who has left."""
    now = timezone.now()
    context = {
        "people": selectors.everybody(at=now),
        "may_change": permissions.may(request.user, "access.change-people"),
        "last": access_reviews.last(at=now),
        "known_of_networks": address_words.sentences(addresses.standing()),
    }
    return render(request, "access/people.html", context)


@permission("access.see-people")
@require_GET
def person(request: StaffRequest, person: UUID) -> HttpResponse:
    """One person: what they may, and what can be changed about it."""
    now = timezone.now()
    shown = selectors.person_page(person, viewer=request.user, at=now)
    may = permissions.may(request.user, "access.change-people")
    context = {
        "person": shown,
        "user_shown": shown.user,
        "may_change": may and shown.may_change,
        "may_mark": may,
        "is_owner": request.user.role == Role.OWNER,
    }
    return render(request, "access/person.html", context)


@permission("access.see-people")
@require_GET
def roles(request: StaffRequest) -> HttpResponse:
    """What each role opens, as a table, and who has it."""
    context = {
        "roles": [(role.label, words.of_role(role)) for role in Role],
        "rows": words.role_table(),
        "by_role": selectors.by_role(),
    }
    return render(request, "access/roles.html", context)
