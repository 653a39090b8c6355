from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggve.accounts.models import User
from tryggve.lib.errors import Refusal
from tryggve.privacy import registry
from tryggve.privacy.export import Part, Value
from tryggve.privacy.retention import LegalBasis, Period, RetentionRule
from tryggve.privacy.subjects import Kind


class LastAccount(Refusal):
    """Without this account nobody could sign in."""


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
                Value("is_active", gettext_lazy("May sign in"), user.is_active),
                Value(
                    "last_login",
                    gettext_lazy("Last signed in"),
                    user.last_login.isoformat() if user.last_login else None,
                ),
            ],
            since=user.created_at,
            source=gettext_lazy("given when the account was made"),
        )


def erase_account(person: UUID) -> int:
    """Remove the account, and what other packages keep of its addresses. Raises LastAccount.

    Sessions hold its id alone and let nobody in any more; they are removed when they have ended.
    """
    active = list(User.objects.select_for_update().filter(is_active=True).order_by("pk"))
    if [user.pk for user in active] == [person]:
        raise LastAccount(
            _("This is the only account. Nothing was changed. Give somebody else an account first.")
        )
    erased, _by_model = User.objects.filter(pk=person).delete()
    return erased


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
