"""What a firm shows who asks whether somebody was erased: in the language of the moment, naming nobody."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tryggve.domains.rights import retention_words
from tryggve.domains.rights.engine.calendars.keeping_rules import rule_called
from tryggve.domains.rights.engine.papers.paper import Fact, Line, Paper, Section
from tryggve.domains.rights.selectors.erasure.erasures import KeptAfterwards, Told
from tryggve.domains.setup import api as setup
from tryggve.lib.errors import Refusal
from tryggve.privacy import registry


class NotErasedYet(Refusal):
    """There is nothing to confirm."""

    sentence = gettext_lazy("This customer isn't erased yet, so there is no receipt.")


def receipt(told: Told, *, at: datetime) -> Paper:
    """The receipt of one erasure. Raises NotErasedYet."""
    if told.destroyed_at is None:
        raise NotErasedYet
    return Paper(
        kind="receipt",
        language=get_language() or "en",
        firm=setup.firm_name(),
        title=_("Receipt of an erasure"),
        dated=_("Made on %(day)s") % {"day": date_format(timezone.localtime(at), "DATE_FORMAT")},
        made_on=timezone.localdate(at),
        introduction=(
            _line(
                _(
                    "What the company held about one customer was destroyed. The customer is named by a number alone,"
                    " since the name is gone."
                )
            ),
        ),
        sections=(
            _when(told, told.destroyed_at),
            Section(_("Where the key lay"), facts=tuple(_places(told))),
            Section(_("What was erased"), facts=tuple(_erased(told))),
            Section(_("What is kept, and why"), points=tuple(map(_line, _kept(told)))),
            Section(_("Older copies of the data"), lines=tuple(map(_line, _copies(told)))),
            Section(_("What remains on the disk"), lines=(_line(_remains()),)),
        ),
    )


def _when(told: Told, destroyed_at: datetime) -> Section:
    return Section(
        _("When"),
        facts=(
            _fact(_("Number"), str(told.id)),
            _fact(_("Reason"), told.ground_words),
            _fact(_("Put aside"), _moment(told.asked_at)),
            _fact(_("Destroyed"), _moment(destroyed_at)),
        ),
    )


def _erased(told: Told) -> Iterator[Fact]:
    titles = {one.code: one.title for one in registry.holdings()}
    for code, count in told.erased.items():
        yield _fact(str(titles.get(code, code)), str(count))
    yield _fact(_("The key"), _("the one that opened all of it, so that copies can't be read either"))


def _kept(told: Told) -> Iterator[str]:
    yield _(
        "The log of what was done, with times and a number instead of the customer: the company must be able to show"
        " that it handled the data rightly (GDPR art. 5(2)). Words in it that were about the customer can't be read"
        " any more."
    )
    yield _(
        "The number and the time of this erasure, so that the customer is erased again should an older copy of the"
        " data be put back."
    )
    if told.has_requests:
        yield _(
            "That the customer asked for something by right, of what kind, and when it was answered, without what was"
            " said: the company must be able to show that it answered (GDPR art. 5(2))."
        )
    if told.is_held_back:
        yield _(
            "A keyed fingerprint of each e-mail address, telephone and identity number, from which nobody can read"
            " them: no old list shall bring the customer back (GDPR art. 17(3)(b) and 21(3))."
        )
    yield _("Numbers that tell of nobody, such as how many customers a message was sent to.")
    for told_by_law in told.by_law:
        yield _by_law(told_by_law)
    yield _(
        "If the customer was invoiced: invoices and vouchers in the company's bookkeeping, which is kept elsewhere. The"
        " law demands them for some years."
    )


def _by_law(kept: KeptAfterwards) -> str:
    words = ngettext(
        "%(count)d note about bookkeeping, under a key of its own: the law demands it until %(day)s, then it is"
        " destroyed (GDPR art. 17(3)(b); %(source)s).",
        "%(count)d notes about bookkeeping, under keys of their own: the law demands them until %(day)s, then they are"
        " destroyed (GDPR art. 17(3)(b); %(source)s).",
        kept.count,
    )
    told = {"count": kept.count, "day": date_format(kept.until, "DATE_FORMAT")}
    return words % {**told, "source": retention_words.source_of(rule_called(kept.rule))}


def _places(told: Told) -> Iterator[Fact]:
    for place in told.key_places:
        if place.gone_at is None:
            yield _fact(str(place.title), _("not yet confirmed that the key is gone from there"))
        else:
            yield _fact(
                str(place.title), _("confirmed gone: %(moment)s") % {"moment": _moment(place.gone_at)}
            )


def _copies(told: Told) -> Iterator[str]:
    yield _("Backups of the data that were made before can't be read any more with the keys of today.")
    if len(told.key_places) == 1:
        yield _(
            "No backup of the keys is set up in Tryggve, so it knows of no other place. Who has copied the key store by"
            " other means has the key until that copy is destroyed."
        )


def _remains() -> str:
    return _(
        "Parts of the disk that the key store has given back may for some time still hold the destroyed key, wrapped."
        " What protects it there is what opens the register: the key file, the passphrase or the recovery kit."
    )


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _fact(term: str, text: str) -> Fact:
    return Fact(term, (_line(text),))


def _line(text: str) -> Line:
    return Line(text)
