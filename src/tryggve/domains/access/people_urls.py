"""Pages about who works here."""

from django.urls import path

from tryggve.domains.access.views import (
    access_reviews,
    changes,
    invitations,
    joining,
    leaving,
    passwords,
    people,
    standby,
    teams,
)

urlpatterns = [
    path("company/people/", people.people, name="people"),
    path("company/people/roles/", people.roles, name="roles"),
    path("company/people/review/", access_reviews.review, name="review"),
    path("company/people/passwords/", passwords.passwords, name="passwords"),
    path("company/people/passwords/rule/", passwords.rule, name="passwords-rule"),
    path("company/people/passwords/<uuid:person>/ask/", passwords.ask, name="password-ask"),
    path(
        "company/people/passwords/<uuid:person>/no-more/", passwords.ask_no_more, name="password-ask-no-more"
    ),
    path("company/people/standby/", standby.standby, name="standby"),
    path("company/people/invite/", invitations.invite, name="invite"),
    path("company/people/invitations/<uuid:invitation>/again/", invitations.again, name="invitation-again"),
    path(
        "company/people/invitations/<uuid:invitation>/withdraw/",
        invitations.withdraw,
        name="invitation-withdraw",
    ),
    path("company/people/teams/", teams.teams, name="teams"),
    path("company/people/teams/<uuid:team>/", teams.team, name="team"),
    path("company/people/teams/<uuid:team>/rename/", teams.rename, name="team-rename"),
    path("company/people/teams/<uuid:team>/remove/", teams.remove, name="team-remove"),
    path("company/people/<uuid:person>/", people.person, name="person"),
    path("company/people/<uuid:person>/role/", changes.role, name="person-role"),
    path("company/people/<uuid:person>/areas/", changes.areas, name="person-areas"),
    path("company/people/<uuid:person>/customers/", changes.customers, name="person-customers"),
    path("company/people/<uuid:person>/deputy/", changes.deputy, name="person-deputy"),
    path("company/people/<uuid:person>/deputy/end/", changes.deputy_end, name="person-deputy-end"),
    path("company/people/<uuid:person>/leave/", leaving.leave, name="person-leave"),
    path("company/people/<uuid:person>/reopen/", leaving.reopen, name="person-reopen"),
    path("company/people/<uuid:person>/left/", leaving.mark, name="person-left"),
    path("join/<str:token>/", joining.join, name="join"),
]
