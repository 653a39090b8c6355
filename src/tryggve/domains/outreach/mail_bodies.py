"""A mailing as one customer gets it: plain text, its twin in HTML, and the headers that let mail programs say no.

The twin is the same text with its line breaks and links, made by the product: no pictures, nothing from elsewhere, and
nothing by which it could be told who has read it.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from uuid import UUID

from django.template import Context, engines
from django.utils import translation

from tryggve.domains.outreach.mailing_words import Words
from tryggve.domains.rights import api as rights
from tryggve.domains.setup import api as setup
from tryggve.notices import letters
from tryggve.notices.letters import Letter


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands below every text: from whom it is, why it comes, and how the company uses data."""

    language: str
    firm: str
    purpose: str
    is_by_consent: bool
    notice: str


@dataclass(frozen=True, slots=True, repr=False)
class Body:
    """One mail, in the clear: held in memory only. ``part`` is its HTML without what is around a page."""

    subject: str
    text: str
    part: str
    page: str
    stop: str

    def letter(self, address: str) -> Letter:
        """Subject and text, with whatever could steer a header taken out."""
        return letters.in_own_words(address, subject=self.subject, text=self.text)

    def dress(self, mail: EmailMessage) -> None:
        """Add the twin, and the way to say no without reading (RFC 2369 §3.2, RFC 8058 §3.1).

        One click is offered by an encrypted address only, as RFC 8058 demands.
        """
        mail["List-Unsubscribe"] = f"<{self.stop}>"
        if self.stop.startswith("https://"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.add_alternative(self.page, subtype="html", cte="quoted-printable")


def frame_of(purpose: UUID | None, language: str) -> Frame:
    """The frame as it is now; two questions, and one about the company."""
    known = {one.id: one for one in rights.purposes_to_write_for(language)}
    chosen = known.get(purpose) if purpose else None
    return Frame(
        language=language,
        firm=setup.firm_name(),
        purpose=chosen.name if chosen else "",
        is_by_consent=chosen is not None and chosen.is_by_consent,
        notice=rights.notice_address(language),
    )


def body(words: Words, frame: Frame, *, stop: str, is_test: bool = False) -> Body:
    """The mail with that way to say no in it."""
    cleaned = letters.in_own_words("", subject=words.subject, text=words.text)
    facts = {"frame": frame, "stop": stop, "is_test": is_test, "said": cleaned.text.strip()}
    with translation.override(frame.language):
        text = _rendered("outreach/mail/text.txt", facts, is_html=False)
        part = _rendered("outreach/mail/part.html", facts, is_html=True)
        page = _rendered(
            "outreach/mail/page.html",
            {"frame": frame, "subject": cleaned.subject, "part": part},
            is_html=True,
        )
    return Body(cleaned.subject, text.strip() + "\n", part, page, stop)


def _rendered(template: str, facts: dict[str, object], *, is_html: bool) -> str:
    found = engines["django"].engine.get_template(template)  # type: ignore[attr-defined]  # Django's own engine has it
    rendered: str = found.render(Context(facts, autoescape=is_html))
    return rendered
