from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from tryggve.accounts import people
from tryggve.accounts.models import User
from tryggve.domains.access.models import (
    AccessReview,
    IdentityProvider,
    Invitation,
    LeavingStep,
    PasswordRequest,
    PasswordRule,
    Standby,
)
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


def account_of(person: UUID) -> Iterator[Part]:
    """The account as it is kept, but for the password's hash: that is no answer to anybody's question."""
    for user in User.objects.filter(pk=person):
        yield Part(
            code="account",
            title=gettext_lazy("Account"),
            values=[
                Value("name", gettext_lazy("Name"), user.name),
                Value("email", gettext_lazy("E-mail"), user.email),
                Value("language", gettext_lazy("Language"), user.language),
                Value("role", gettext_lazy("Role"), user.role.lower()),
                Value("given", gettext_lazy("Different from the role"), user.given),
                Value("scope", gettext_lazy("Whose customers"), user.scope.lower()),
                Value("teams", gettext_lazy("Teams"), list(user.teams.values_list("name", flat=True))),
                Value("deputy_from", gettext_lazy("Deputy from"), _iso(user.deputy_from)),
                Value("deputy_until", gettext_lazy("Deputy to"), _iso(user.deputy_until)),
                Value("left_at", gettext_lazy("Left"), _iso(user.left_at)),
                Value("password_set_at", gettext_lazy("Password chosen"), _iso(user.password_set_at)),
                Value("is_active", gettext_lazy("May sign in"), user.is_active),
                Value("last_login", gettext_lazy("Last signed in"), _iso(user.last_login)),
                Value("countries", gettext_lazy("Countries signed in from"), _countries(user)),
            ],
            since=user.created_at,
            source=gettext_lazy("given when the account was made"),
        )


def erase_account(person: UUID) -> int:
    """Remove the account, and what hangs on it. Raises people.LastOwner.

    Sessions hold its id alone and let nobody in any more; they are removed when they have ended.
    """
    try:
        user, _by = people.locked(person, None)
    except people.NoSuchPerson:
        return 0
    people.require_another_owner(user)
    erased, _by_model = user.delete()
    return erased


def invitations_of(person: UUID) -> Iterator[Part]:
    """What the person was invited with; also invitations to the same address that nobody used."""
    for row in _invitations(person):
        yield Part(
            code="invitation",
            title=gettext_lazy("Invitation"),
            values=[
                Value("name", gettext_lazy("Name"), row.name),
                Value("email", gettext_lazy("E-mail"), row.email),
                Value("language", gettext_lazy("Language"), row.language),
                Value("role", gettext_lazy("Role"), row.role.lower()),
                Value("used_at", gettext_lazy("Used"), _iso(row.used_at)),
                Value("withdrawn_at", gettext_lazy("Withdrawn"), _iso(row.withdrawn_at)),
            ],
            since=row.made_at,
            source=gettext_lazy("written by who invited the person"),
        )


def erase_invitations(person: UUID) -> int:
    """Remove what names the person; who invited others is forgotten, and those invitations end."""
    erased, _by_model = _invitations(person).delete()
    return erased + Invitation.objects.filter(made_by_ref=person, used_at=None).delete()[0]


def steps_of(person: UUID) -> Iterator[Part]:
    """The list of what was left to do when the person had left."""
    rows = list(LeavingStep.objects.filter(user=person).order_by("pk"))
    if rows:
        yield Part(
            code="leaving",
            title=gettext_lazy("What was left to do when the person left"),
            values=[Value(row.code, row.code, _iso(row.done_at)) for row in rows],
            since=None,
            source=gettext_lazy("written by Tryggve itself"),
        )


def erase_steps(person: UUID) -> int:
    """Remove the person's list, and who ticked others'."""
    LeavingStep.objects.filter(done_by_ref=person).update(done_by_ref=None)
    return LeavingStep.objects.filter(user=person).delete()[0]


def reviews_of(person: UUID) -> Iterator[Part]:
    """The times when the person went through who has access."""
    for row in AccessReview.objects.filter(by_ref=person).order_by("done_at"):
        yield Part(
            code="access-review",
            title=gettext_lazy("Went through who has access"),
            values=[Value("people", gettext_lazy("People"), row.people)],
            since=row.done_at,
            source=gettext_lazy("written by Tryggve itself"),
        )


def erase_reviews(person: UUID) -> int:
    """Forget who it was; that it was done is the company's proof."""
    return AccessReview.objects.filter(by_ref=person).update(by_ref=None)


def tasks_of(person: UUID) -> Iterator[Part]:
    """That the person steps in for the captain, and that another password was asked for."""
    for row in Standby.objects.filter(user=person):
        yield Part(
            code="standby",
            title=gettext_lazy("Steps in for the security captain"),
            values=[Value("chosen_at", gettext_lazy("Chosen"), _iso(row.chosen_at))],
            since=row.chosen_at,
            source=gettext_lazy("chosen by an owner or a captain"),
        )
    for request in PasswordRequest.objects.filter(user=person):
        yield Part(
            code="password-request",
            title=gettext_lazy("Asked to choose another password"),
            values=[Value("reason", gettext_lazy("Reason"), request.reason.lower())],
            since=request.asked_at,
            source=gettext_lazy("written by an owner or a captain"),
        )


def erase_tasks(person: UUID) -> int:
    """Remove both."""
    ended = Standby.objects.filter(user=person).delete()[0]
    return ended + PasswordRequest.objects.filter(user=person).delete()[0]


def identity_of(person: UUID) -> Iterator[Part]:
    """Another company's sign-in that is linked to the account: its number for the person, nothing else is kept."""
    for row in SocialAccount.objects.filter(user=person).order_by("pk"):
        yield Part(
            code="identity",
            title=gettext_lazy("Another company's sign-in"),
            values=[
                Value("issuer", gettext_lazy("Sign-in service"), row.extra_data.get("issuer", "")),
                Value("subject", gettext_lazy("The person's number there"), row.uid),
                Value("last_login", gettext_lazy("Last signed in"), _iso(row.last_login)),
            ],
            since=row.date_joined,
            source=gettext_lazy("told by the sign-in service when it was linked"),
        )


def erase_identity(person: UUID) -> int:
    """Remove the link; what the company over there keeps is its own affair."""
    erased: int = SocialAccount.objects.filter(user=person).delete()[0]
    return erased


def _invitations(person: UUID) -> "QuerySet[Invitation]":
    addresses = User.objects.filter(pk=person).values("email")
    return Invitation.objects.filter(Q(user_ref=person) | Q(email__in=addresses)).order_by("pk")


def _countries(user: User) -> list[str]:
    known = user.known_networks.exclude(country="")
    return list(known.order_by("country").values_list("country", flat=True).distinct())


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


# Before the account: its address leads to them.
registry.register(
    registry.Holding(
        code="access.invitations",
        title=gettext_lazy("Invitations"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({Invitation}),
        export=invitations_of,
        erase=erase_invitations,
        retention=RetentionRule(
            until=gettext_lazy("the invitation has ended"),
            kept_for=Period(days=30),
            basis=LegalBasis.CONTRACT,
        ),
    )
)
registry.register(
    registry.Holding(
        code="access.leaving",
        title=gettext_lazy("What is left to do when somebody leaves"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({LeavingStep}),
        export=steps_of,
        erase=erase_steps,
        retention=RetentionRule(
            until=gettext_lazy("the account is erased"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
registry.register(
    registry.Holding(
        code="access.reviews",
        title=gettext_lazy("Who went through who has access"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({AccessReview}),
        export=reviews_of,
        erase=erase_reviews,
        retention=RetentionRule(
            until=gettext_lazy("the account is erased"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
registry.register(
    registry.Holding(
        code="access.tasks",
        title=gettext_lazy("Who steps in, and whose password is to be changed"),
        kinds=frozenset({Kind.STAFF}),
        # How old passwords may be is the firm's own rule, nobody's data.
        models=frozenset({Standby, PasswordRequest, PasswordRule}),
        export=tasks_of,
        erase=erase_tasks,
        retention=RetentionRule(
            until=gettext_lazy("somebody else is chosen, or the account is erased"),
            kept_for=Period(),
            basis=LegalBasis.LEGITIMATE_INTERESTS,
        ),
    )
)
registry.register(
    registry.Holding(
        code="access.identities",
        title=gettext_lazy("Another company's sign-in"),
        kinds=frozenset({Kind.STAFF}),
        # What is sealed of the provider is the firm's own secret there, nobody's data.
        models=frozenset({SocialAccount, IdentityProvider}),
        export=identity_of,
        erase=erase_identity,
        retention=RetentionRule(
            until=gettext_lazy(
                "the link is removed, the company chooses another service, or the person leaves"
            ),
            kept_for=Period(),
            basis=LegalBasis.CONTRACT,
        ),
    )
)


registry.register(
    registry.Holding(
        code="access.account",
        title=gettext_lazy("The account to sign in with"),
        kinds=frozenset({Kind.STAFF}),
        models=frozenset({User}),
        export=account_of,
        erase=erase_account,
        retention=RetentionRule(
            until=gettext_lazy("the person no longer works at the company"),
            kept_for=Period(),
            basis=LegalBasis.CONTRACT,
        ),
    )
)
