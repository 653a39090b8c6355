"""What visitors of a website meet, in words for whoever owns it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.exposure.engine.encryption import Weakness
from tryggve.domains.exposure.engine.web import Hole, Tip

HOLES: Mapping[str, StrOrPromise] = {
    Hole.NO_SUCH_NAME: _("Nobody can find the website: its name leads nowhere."),
    Hole.PRIVATE_ADDRESS: _("The website's name leads into a closed network, where visitors can't come."),
    Hole.UNREACHABLE: _("The website doesn't answer."),
    Hole.TOO_SLOW: _("The website takes so long to answer that visitors leave."),
    Hole.CERTIFICATE_EXPIRED: _("The website's certificate has run out: visitors are warned off."),
    Hole.CERTIFICATE_OTHER_NAME: _(
        "The website shows a certificate of another name: visitors are warned off."
    ),
    Hole.CERTIFICATE_UNTRUSTED: _("Browsers don't trust the website's certificate: visitors are warned off."),
    Hole.CERTIFICATE_ENDS: _("The website's certificate runs out soon and hasn't been renewed."),
    Hole.NO_ENCRYPTION: _(
        "The website can't be visited encrypted, or only in an old way that browsers refuse."
    ),
    Hole.NOT_A_WEBSITE: _("What answers there isn't a website."),
    Hole.ROUND_AND_ROUND: _("The website sends visitors from page to page without end."),
    Hole.LEADS_AWAY: _("The website sends visitors to another's address. If that is yours, add it, too."),
    Hole.STAYS_OPEN: _("Whoever comes unencrypted isn't sent on to the encrypted website."),
    Hole.FAULT: _("The website shows a fault in place of its page."),
    Hole.CLOSED: _("The website's front page is missing or closed to visitors."),
    Hole.NO_HSTS: _("Browsers aren't told always to come encrypted (HSTS)."),
}

TIPS: Mapping[str, StrOrPromise] = {
    Tip.HSTS_SHORT: _("Browsers are told to come encrypted for less than half a year (HSTS)."),
    Tip.GUESSES_TYPES: _("Browsers may guess what a file is, and run what shouldn't be (nosniff)."),
    Tip.MAY_BE_FRAMED: _("Others may show the website inside theirs, as a trap (frame-ancestors)."),
    Tip.TELLS_FROM_WHERE: _("Other websites are told which page your visitors came from (Referrer)."),
    Tip.NO_CSP: _("Nothing limits what a page may load and run (CSP)."),
    Tip.TELLS_VERSION: _("The website tells which version of its program it runs, which robots look for."),
}

WEAKNESSES: Mapping[str, StrOrPromise] = {
    Weakness.OLD_WAYS: _("Old ways of encrypting that can be broken are still allowed (TLS 1.0 or 1.1)."),
    Weakness.WEAK_CIPHER: _("The encryption is of a sort that browsers want to give up."),
    Weakness.SHORT_KEY: _("The certificate's key is too short."),
    Weakness.OLD_SIGNATURE: _("The certificate is signed in an old way that can be forged (SHA-1)."),
}

ENCRYPTIONS: Mapping[str, StrOrPromise] = {"tlsv1-2": "TLS 1.2", "tlsv1-3": "TLS 1.3"}
