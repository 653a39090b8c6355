"""What is wrong with a domain's mail, in words for whoever owns it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.exposure.engine.ladder import Wait
from tryggve.domains.exposure.engine.troubles import Advice, Trouble

# Why nothing could be read.
CAUSES: Mapping[str, StrOrPromise] = {
    "no-dns": _("No name server answered: is this computer on the net?"),
    "slow-dns": _("The name servers answered too slowly."),
    "broken-dns": _("The name servers gave no answer that could be used."),
    "endless-dns": _("The name servers sent Tryggve from one question to the next without end."),
    "no-network": _("This computer couldn't get out on the net."),
}

TROUBLES: Mapping[str, StrOrPromise] = {
    Trouble.NO_SUCH_DOMAIN: _("There is no such domain any more. Has it been paid for?"),
    Trouble.SPF_MISSING: _("Nobody is told which servers may send your mail (SPF)."),
    Trouble.SPF_TWICE: _("There are two lists of who may send your mail (SPF), so that neither counts."),
    Trouble.SPF_BROKEN: _("The list of who may send your mail (SPF) has a slip in it and doesn't count."),
    Trouble.SPF_INCLUDE_BROKEN: _(
        "The list of who may send your mail (SPF) points to another list that isn't there or is wrong."
    ),
    Trouble.SPF_TOO_MANY: _(
        "The list of who may send your mail (SPF) points to more than ten others; receivers give up. Take out who "
        "sends nothing for you any more."
    ),
    Trouble.SPF_TOO_VOID: _(
        "The list of who may send your mail (SPF) names several that don't exist any more."
    ),
    Trouble.SPF_OPEN: _("The list of who may send your mail (SPF) lets everybody in."),
    Trouble.SPF_SENDS: _("You send no mail from this domain, but others are allowed to (SPF)."),
    Trouble.DKIM_MISSING: _(
        "Your mail isn't signed (DKIM): no key was found. Whoever keeps your mail can turn it on."
    ),
    Trouble.DKIM_BROKEN: _("The key that your mail is signed by (DKIM) can't be read."),
    Trouble.DKIM_WEAK: _("A key that your mail is signed by (DKIM) is too short: it should have 2,048 bits."),
    Trouble.DMARC_MISSING: _("Receivers aren't told what to do with false mail in your name (DMARC)."),
    Trouble.DMARC_TWICE: _("Receivers are told two things about false mail (DMARC), so that neither counts."),
    Trouble.DMARC_BROKEN: _(
        "What receivers are told about false mail in your name (DMARC) has a slip in it."
    ),
    Trouble.DMARC_NONE: _("Receivers are told to let false mail in your name through (DMARC)."),
    Trouble.DMARC_SUBDOMAINS: _("False mail is stopped, but not from names below the domain (DMARC)."),
    Trouble.DMARC_NOT_REJECT: _(
        "You send no mail from this domain, but receivers aren't told to refuse it (DMARC)."
    ),
}

ADVICE: Mapping[str, StrOrPromise] = {
    Advice.DMARC_NO_REPORTS: _(
        "Nobody tells you who sends mail in your name: no mailbox for reports is named."
    ),
    Advice.DMARC_REPORTS_REFUSED: _(
        "Reports go to somebody who hasn't said that they take them, and get lost."
    ),
    Advice.DMARC_HALF: _("Receivers are told to do this for a part of the mail only, or as a test."),
    Advice.SPF_PTR: _(
        "The list of who may send your mail uses a slow way of asking that receivers may skip (ptr)."
    ),
    Advice.STS_MISSING: _("Mail to you may come unencrypted, or be led astray (MTA-STS)."),
    Advice.STS_BROKEN: _("That mail to you must come encrypted is told, but can't be read (MTA-STS)."),
    Advice.STS_TESTING: _("That mail to you must come encrypted is being tested (MTA-STS)."),
    Advice.TLS_RPT_MISSING: _("Nobody tells you when mail to you couldn't come encrypted (TLS-RPT)."),
    Advice.TLS_RPT_BROKEN: _("Where to tell you that mail couldn't come encrypted can't be read (TLS-RPT)."),
    Advice.NULL_MX_MISSING: _("The domain doesn't say that it takes no mail."),
}

WAITS: Mapping[str, StrOrPromise] = {
    Wait.SPF: _("until the list of who may send your mail is right"),
    Wait.DKIM: _("until your mail is signed"),
    Wait.RECORD: _("until the slip in it is mended"),
    Wait.TIME: _("until it has stood long enough for all kinds of your mail to be sent"),
    Wait.REPORTS: _("until reports have come on at least half of the days"),
    Wait.UNPROVEN: _("until all of your own senders are proven"),
    Wait.UNJUDGED: _("until you have said whose the unknown senders are"),
}

POLICIES: Mapping[str, StrOrPromise] = {
    "none": _("let through"),
    "quarantine": _("put aside as suspect"),
    "reject": _("refused"),
}
