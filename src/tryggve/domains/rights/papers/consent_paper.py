"""The sheet on which a customer signs a consent, in the language of its words."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from tryggve.domains.rights.engine.papers.paper import Fact, Line, Paper, Section
from tryggve.domains.rights.selectors.consents.consent_pages import Asked
from tryggve.domains.rights.selectors.consents.consents import Text
from tryggve.domains.rights.selectors.purposes import purposes

_TO_WRITE_ON = "\u2026" * 20


def sheet(asked: Asked, text: Text, *, today: date) -> Paper:
    """One A4 page: who asks, for what, in exactly these words, and how a yes is taken back (GDPR art. 7)."""
    controller = purposes.the_controller()
    with translation.override(text.language):
        return Paper(
            kind="consent",
            language=text.language,
            firm=controller.firm,
            title=_("Consent: %(purpose)s") % {"purpose": asked.words.name},
            dated=_("Version %(number)d of the words") % {"number": text.number},
            made_on=today,
            introduction=(Line(text.text),),
            sections=(
                Section(_("My answer"), points=tuple(Line(f"☐ {answer}") for answer in (_("Yes"), _("No")))),
                Section(
                    _("Who answers"),
                    facts=tuple(
                        Fact(term, (Line(_TO_WRITE_ON),))
                        for term in (_("Name"), _("E-mail"), _("Date"), _("Signature"))
                    ),
                ),
                Section(_("To take a yes back"), lines=_taking_back(controller.contact)),
            ),
        )


def _taking_back(contact: str) -> tuple[Line, ...]:
    told = _(
        "You can take a yes back whenever you like, as easily as you gave it. Nothing that was done before changes."
    )
    return (Line(told), Line(contact)) if contact else (Line(told),)
