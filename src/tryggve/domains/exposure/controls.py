from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.exposure import mail_words, selectors, web_words
from tryggve.domains.exposure.asking import looking
from tryggve.domains.exposure.asking import reach as reaching
from tryggve.domains.exposure.asking.handshake import Door
from tryggve.domains.exposure.engine.encryption import LineFindings
from tryggve.domains.exposure.engine.mail import MailFindings
from tryggve.domains.exposure.engine.questions import Unread
from tryggve.domains.exposure.engine.visit import SiteFindings
from tryggve.domains.exposure.services import readings
from tryggve.ui import own_address

_Found = TypeVar("_Found")
_Id = TypeVar("_Id", bound=Hashable)
_WRONG = _("What is wrong")
# What our own address is called among the sites.
_OWN = "own"
_HTTPS = 443
_MEND = Mend("exposure:overview", _("To your domains and websites"), "exposure.view")


@measure(
    "MAI-01",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    deadline=timedelta(seconds=45),
    facts={
        "domains": facts.count(_("Domains watched")),
        "open": facts.count(_("Domains with something wrong")),
        "unread": facts.count(_("Domains that couldn't be read")),
        "wrong": facts.one_of(_WRONG, mail_words.TROUBLES),
        "false_mail": facts.one_of(_("What happens to false mail in your name"), mail_words.POLICIES),
        "lookups": facts.count(_("Look-ups that the list of senders takes (at most 10)")),
        "key_bits": facts.count(_("Length of the shortest key that mail is signed by, in bits")),
        "is_encrypted": facts.yes_or_no(_("Mail to you must come encrypted")),
    },
    causes={**mail_words.CAUSES, "no-domain": _("Tryggve doesn't know yet which domain you send mail from.")},
    asks={"no-domain"},
    mend=_MEND,
)
def nobody_else_sends_mail_in_our_name(at: datetime) -> Measured:
    """Reads in the name service what receivers of mail go by; no mail is sent."""
    watched = selectors.domains()
    if not watched:
        raise CannotMeasure("no-domain")
    found, unread = _apart(
        looking.mail_of(
            {one.id: one.asked for one in watched}, servers=selectors.resolvers(), reach=reaching.current()
        )
    )
    readings.keep_mail(found=found, at=at)
    return _judged(found, unread, lambda one: one.troubles, _facts_of_mail, Verdict.OBSERVED)


@measure(
    "WEB-01",
    every=timedelta(minutes=5),
    valid=timedelta(minutes=75),
    keeps=timedelta(hours=1),
    deadline=timedelta(seconds=45),
    facts={
        "sites": facts.count(_("Websites watched")),
        "open": facts.count(_("Websites with something wrong")),
        "unread": facts.count(_("Websites that couldn't be tried")),
        "wrong": facts.one_of(_WRONG, web_words.HOLES),
        "days_left": facts.count(_("Days until the first certificate runs out")),
        "encryption": facts.one_of(_("Weakest encryption"), web_words.ENCRYPTIONS),
        "tips": facts.count(_("What would be better still")),
    },
    causes={
        **mail_words.CAUSES,
        "slow-site": _(
            "A website takes so long to answer who comes unencrypted that Tryggve can't tell what it does."
        ),
        "no-site": _("Tryggve doesn't know yet which websites are yours."),
    },
    asks={"no-site"},
    mend=_MEND,
)
def visitors_reach_our_websites_safely(at: datetime) -> Measured:
    """Visits each site as a browser does, through both doors."""
    watched = selectors.sites()
    if not watched:
        raise CannotMeasure("no-site")
    own = [one.host for one in watched] + [one.asked.name for one in selectors.domains()]
    found, unread = _apart(
        looking.sites_of(
            {one.id: one.host for one in watched},
            own=own,
            servers=selectors.resolvers(),
            reach=reaching.current(),
            at=at,
        )
    )
    readings.keep_sites(found=found, at=at)
    return _judged(
        found, unread, lambda one: one.holes, lambda some: _facts_of_sites(some, at), Verdict.PROVED
    )


@measure(
    "CRY-02",
    every=timedelta(hours=24),
    valid=timedelta(hours=30),
    deadline=timedelta(seconds=45),
    facts={
        "addresses": facts.count(_("Addresses tried")),
        "is_own_tried": facts.yes_or_no(_("Tryggve's own address was among them")),
        "open": facts.count(_("Addresses with something wrong")),
        "unread": facts.count(_("Addresses that couldn't be tried")),
        "wrong": facts.one_of(_WRONG, {**web_words.HOLES, **web_words.WEAKNESSES}),
        "encryption": facts.one_of(_("Weakest encryption"), web_words.ENCRYPTIONS),
        "days_left": facts.count(_("Days until the first certificate runs out")),
        "is_old_tried": facts.yes_or_no(_("It was tried whether old ways of encrypting are refused")),
    },
    causes={
        **mail_words.CAUSES,
        "nothing-encrypted": _(
            "There is no way to look at: Tryggve is opened at this computer only, and no website is watched."
        ),
    },
    mend=_MEND,
)
def nobody_listens_in_on_the_way(at: datetime) -> Measured:
    """Greets our own address and each site as a browser does, and again as one of long ago, to be refused."""
    reach = reaching.current()
    own = _own_door()
    doors: dict[UUID | str, Door] = {one.id: Door(one.host, reach.https) for one in selectors.sites()}
    if own is not None:
        doors[_OWN] = own
    if not doors:
        raise CannotMeasure("nothing-encrypted")
    found, unread = _apart(looking.lines_to(doors, servers=selectors.resolvers(), reach=reach, at=at))
    is_old_tried = all(one.is_old_tried for one in found.values())
    good = Verdict.PROVED if is_old_tried else Verdict.OBSERVED
    judged = _judged(found, unread, lambda one: one.faults, _facts_of_lines, good)
    return Measured(judged.verdict, {**judged.facts, "is_own_tried": _OWN in found})


def _own_door() -> Door | None:
    """Where people reach Tryggve, if that is encrypted; at this computer itself nobody is in between."""
    origin = urlsplit(own_address.origin())
    if origin.scheme != "https" or not origin.hostname:
        return None
    return Door(origin.hostname, origin.port or _HTTPS, is_own=True)


def _apart(told: Mapping[_Id, _Found | Unread]) -> tuple[dict[_Id, _Found], list[Unread]]:
    found = {id: one for id, one in told.items() if not isinstance(one, Unread)}
    return found, [one for one in told.values() if isinstance(one, Unread)]


def _judged(
    found: Mapping[_Id, _Found],
    unread: Sequence[Unread],
    wrong_with: Callable[[_Found], Sequence[str]],
    facts_of: Callable[[Sequence[_Found]], Mapping[str, facts.Value]],
    good: Verdict,
) -> Measured:
    """What is wrong somewhere counts, whatever couldn't be read; nothing is good while something couldn't."""
    wrong = [faults for one in found.values() if (faults := wrong_with(one))]
    if unread and not wrong:
        raise CannotMeasure(unread[0].cause)
    told: dict[str, facts.Value] = {"open": len(wrong), "unread": len(unread)}
    if wrong:
        told["wrong"] = str(wrong[0][0])
    told.update(facts_of(tuple(found.values())))
    return Measured(Verdict.FAILING if wrong else good, told)


def _facts_of_mail(found: Sequence[MailFindings]) -> Mapping[str, facts.Value]:
    weakest = min(found, key=lambda one: one.dmarc.policy)
    keys = [one.keys.weakest_bits for one in found if one.asked.sends]
    return {
        "domains": len(found),
        "false_mail": weakest.dmarc.policy.code,
        "lookups": max(one.spf.lookups for one in found),
        **({"key_bits": min(keys)} if keys else {}),
        "is_encrypted": all(one.transport.is_enforced for one in found if one.takes_mail),
    }


def _facts_of_sites(found: Sequence[SiteFindings], at: datetime) -> Mapping[str, facts.Value]:
    encrypted = [one for one in found if one.encryption in web_words.ENCRYPTIONS]
    told: dict[str, facts.Value] = {"sites": len(found), "tips": sum(len(one.tips) for one in found)}
    if encrypted:
        told["encryption"] = min(one.encryption for one in encrypted)
        told["days_left"] = min(one.certificate.days_left(at) for one in encrypted if one.certificate)
    return told


def _facts_of_lines(found: Sequence[LineFindings]) -> Mapping[str, facts.Value]:
    told: dict[str, facts.Value] = {"addresses": len(found)}
    if encrypted := [one for one in found if one.encryption in web_words.ENCRYPTIONS]:
        told["encryption"] = min(one.encryption for one in encrypted)
        told["days_left"] = min(one.days_left for one in encrypted)
        told["is_old_tried"] = all(one.is_old_tried for one in encrypted)
    return told
