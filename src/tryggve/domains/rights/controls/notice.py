from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tryggve.controls import facts
from tryggve.controls.registry import CannotMeasure, Measured, Mend, Verdict, measure
from tryggve.domains.customers import api as customers
from tryggve.domains.rights.engine import shown_text
from tryggve.domains.rights.selectors import notice_evidence
from tryggve.domains.rights.selectors.purposes import purposes
from tryggve.domains.rights.selectors.purposes.notices import Published
from tryggve.domains.rights.services import fetching
from tryggve.ui import own_address


@measure(
    "POL-02",
    every=timedelta(hours=24),
    waits=timedelta(minutes=10),
    valid=timedelta(hours=30),
    deadline=timedelta(minutes=2),
    facts={
        "languages": facts.count(_("Languages that the notice is published in")),
        "published_on": facts.day(_("Newest version published")),
        "wrong": facts.one_of(
            _("What is wrong"),
            {
                "not-published": _("No privacy notice is published"),
                "changed": _("The notice is no longer the one that was approved"),
                "outdated": _("Data is used for something else than the notice says"),
                "no-page": _("The notice isn't found at its address"),
                "not-trusted": _("Browsers warn of the address that the notice is read at"),
                "other-words": _("The page says something else than the notice"),
            },
        ),
    },
    causes={
        "nothing-yet": _("Neither customers nor purposes stand in Tryggve yet."),
        "not-reached": _("Nobody can reach Tryggve from another computer yet."),
        "no-answer": _("From this computer nobody answers at Tryggve's own address."),
    },
    asks={"nothing-yet", "not-reached"},
    mend=Mend("rights:notices", _("Go to the privacy notice"), "rights.view"),
)
def customers_can_read_a_notice_that_is_true(at: datetime) -> Measured:
    """Fetches the notice in each language as a customer does, and holds it against what was approved and is done."""
    found = notice_evidence.in_force(at=at)
    if not found.published:
        return _unpublished()
    newest = max(one.published_at for one in found.published)
    told: dict[str, facts.Value] = {
        "languages": len(found.published),
        "published_on": timezone.localdate(newest),
    }
    if not all(map(notice_evidence.is_as_approved, found.published)):
        return Measured(Verdict.FAILING, {**told, "wrong": "changed"})
    if found.is_outdated:
        return Measured(Verdict.FAILING, {**told, "wrong": "outdated"})
    wrong = _fetched(found.published)
    return Measured(Verdict.FAILING, {**told, "wrong": wrong}) if wrong else Measured(Verdict.PROVED, told)


def _unpublished() -> Measured:
    if not purposes.purposes_in_use() and not customers.first_customers(1):
        raise CannotMeasure("nothing-yet")
    return Measured(Verdict.FAILING, {"languages": 0, "wrong": "not-published"})


def _fetched(published: Sequence[Published]) -> str:
    """What is wrong with the pages as they reach a customer; empty for nothing."""
    if not own_address.is_reached():
        raise CannotMeasure("not-reached")
    for one in published:
        address = own_address.link_to("rights:public-notice-in", one.language)
        try:
            page = fetching.page_at(address)
        except fetching.NoPage:
            return "no-page"
        except fetching.NotTrusted:
            return "not-trusted"
        except fetching.NoAnswer:
            raise CannotMeasure("no-answer") from None
        if shown_text.words_of_page(page) != shown_text.words_of_paper(one.paper):
            return "other-words"
    return ""
