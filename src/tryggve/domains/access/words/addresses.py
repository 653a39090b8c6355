from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tryggve.accounts.addresses import Standing


def sentences(standing: Standing) -> list[str]:
    """What is known of where people sign in from, in words."""
    return [_of_countries(standing), _of_hosting(standing)]


def _of_countries(standing: Standing) -> str:
    if standing.countries is None:
        return _("No address file: every country is unknown and treated as new.")
    day = formats.date_format(timezone.localtime(standing.countries), "DATE_FORMAT")
    return _(
        "Countries are known from an address file of %(day)s. Who comes from a new one shows twice who it is."
    ) % {"day": day}


def _of_hosting(standing: Standing) -> str:
    if standing.hosting is None:
        return _("No list of hosting companies' networks: whether somebody comes through one is unknown.")
    day = formats.date_format(timezone.localtime(standing.hosting), "DATE_FORMAT")
    return _(
        "Hosting companies' networks are known from a list given on %(day)s. Who comes through one shows twice who "
        "it is."
    ) % {"day": day}
