from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tryggve.accounts import permissions
from tryggve.accounts.models import User
from tryggve.domains.exposure import mail_hosts, selectors
from tryggve.domains.exposure.engine import names
from tryggve.ui import first_work, menu, today

menu.register(
    area=menu.PROTECTION,
    label=_("Websites and mail"),
    url_name="exposure:overview",
    permission="exposure.view",
    order=50,
)


def suggested_to(user: User) -> str:
    """The domain of who asks, as far as their mail address tells; empty where it is everybody's."""
    return names.own_domain_of(user.email, lent=mail_hosts.known().lent) or ""


@today.register(order=10)
def type_your_domain(request: HttpRequest) -> today.Card | None:
    """What a new company is asked, until there is an answer: what is found then is the first about itself."""
    user = request.user
    if not isinstance(user, User) or not permissions.may(user, "exposure.change"):
        return None
    if selectors.is_answered():
        return None
    return today.Card(
        today.Place.START,
        _("Can others send mail in your name?"),
        _("Type your domain, and in a minute you know. Your website is looked at, too."),
        label=_("Look"),
        template="exposure/today_card.html",
        context={"suggested": suggested_to(user)},
    )


first_work.offer(
    step=first_work.WEBSITE,
    url_name="exposure:start",
    permission="exposure.change",
    is_done=selectors.is_anything_watched,
    suggested_to=suggested_to,
)
