"""The record of processing activities: what GDPR art. 30(1) wants written down, for the authority and the owner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tryggve.domains.rights.engine.authorities import authority_of
from tryggve.domains.rights.engine.gaps import whole
from tryggve.domains.rights.engine.labels import Group
from tryggve.domains.rights.engine.papers.paper import Fact, Line, Paper, Section
from tryggve.domains.rights.engine.papers.phrases import Phrases, capital
from tryggve.domains.rights.engine.plain_text import tidied
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose, Receiver

# What every record must hold (Regulation (EU) 2016/679).
ITEMS = tuple(f"30(1)({letter})" for letter in "abcdefg")
# The headings beside a purpose, and the letter of art. 30(1) that asks for each; «» for what the law doesn't ask.
HEADINGS = {
    "purpose": "b",
    "legal_basis": "",
    "special": "",
    "persons": "c",
    "data": "c",
    "sources": "",
    "recipients": "d",
    "transfers": "e",
    "retention": "f",
}


def record_of_processing(
    controller: Controller,
    purposes: Sequence[Purpose],
    *,
    measures: Sequence[str],
    language: Language,
    made_on: date,
) -> Paper:
    """The record in one language; the purposes are told in it already.

    ``measures``: codes of the labels, or the company's own sentences. Raises Incomplete, UnknownCountry, and
    ValueError without a measure.
    """
    controller, purposes = whole(controller, purposes)
    measures = tidied(tuple(measures))
    if not measures:
        raise ValueError("a record tells of at least one measure (GDPR art. 30(1)(g))")
    phrases = Phrases(language)
    authority = authority_of(controller.country).name
    introduction = phrases.say("record.introduction", firm=controller.firm, authority=authority)
    return Paper(
        kind="record",
        language=language,
        firm=controller.firm,
        title=phrases.say("record.title"),
        dated=phrases.say("record.dated", date=phrases.day(made_on)),
        made_on=made_on,
        introduction=(Line(introduction), Line(phrases.say("record.addressed"))),
        sections=(
            who(controller, phrases),
            _purposes(purposes, phrases),
            _measures(measures, phrases),
        ),
    )


def who(controller: Controller, phrases: Phrases) -> Section:
    """Whom the record is of."""
    rows = {
        "firm": (controller.firm, controller.number),
        "contact": (controller.address, controller.email, controller.phone, controller.page),
        "joint": (controller.joint or phrases.say("record.who.alone"),),
        "representative": (controller.representative or phrases.say("record.who.no_representative"),),
        "officer": (controller.officer or phrases.say("record.who.no_officer"),),
    }
    return Section(
        phrases.say("record.who.heading"),
        facts=tuple(
            Fact(
                phrases.say(f"record.who.{name}"),
                tuple(Line(text, ("30(1)(a)",)) for text in texts if text),
                note=phrases.say("record.article", letter="a"),
            )
            for name, texts in rows.items()
        ),
    )


def _purposes(purposes: Sequence[Purpose], phrases: Phrases) -> Section:
    return Section(
        phrases.say("record.purposes.heading"),
        sections=tuple(
            Section(purpose.words.name, facts=tuple(_facts(PurposeRecorded(purpose, phrases))))
            for purpose in purposes
        ),
    )


def _facts(told: "PurposeRecorded") -> Iterator[Fact]:
    for name, texts in told.columns():
        letter = HEADINGS[name]
        articles = (f"30(1)({letter})",) if letter else ()
        yield Fact(
            told.phrases.say(f"record.purposes.{name}"),
            tuple(Line(text, articles) for text in texts),
            note=told.phrases.say("record.article", letter=letter) if letter else "",
        )


def _measures(measures: Sequence[str], phrases: Phrases) -> Section:
    return Section(
        phrases.say("record.measures.heading"),
        lines=(
            Line(
                f"{phrases.say('record.measures.introduction')} ({phrases.say('record.article', letter='g')})"
            ),
        ),
        points=tuple(Line(phrases.word("measures", measure), ("30(1)(g)",)) for measure in measures),
    )


@dataclass(frozen=True, slots=True)
class PurposeRecorded:
    """One purpose in the words of the record."""

    purpose: Purpose
    phrases: Phrases

    def columns(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What stands beside each of HEADINGS, in order; sensitive data only where there is some."""
        facts = self.purpose.facts
        yield "purpose", (capital(self.purpose.words.description),)
        yield "legal_basis", (self._legal_basis(),)
        if facts.special_basis:
            yield "special", (self._special(),)
        yield "persons", self._words("persons", facts.persons)
        yield "data", (capital(self.phrases.named("data", facts.data)),)
        yield "sources", (self._say("person"), *self._words("sources", facts.sources))
        yield "recipients", tuple(map(self._recipient, facts.recipients)) or (self._say("nobody"),)
        yield "transfers", tuple(map(self._transfer, facts.transfers)) or (self._say("no_transfers"),)
        yield "retention", (self._retention(),)

    def _legal_basis(self) -> str:
        facts = self.purpose.facts
        because = {"c": self.phrases.word("laws", facts.law), "f": self.purpose.words.interest}
        name = self.phrases.word("legal_bases", facts.legal_basis)
        if facts.legal_basis in because:
            reason = because[facts.legal_basis]
            return self._say("basis_because", name=name, letter=facts.legal_basis, because=reason)
        return self._say("basis", name=name, letter=facts.legal_basis)

    def _special(self) -> str:
        letter = self.purpose.facts.special_basis
        return self._say("special_basis", name=self.phrases.word("special_bases", letter), letter=letter)

    def _recipient(self, receiver: Receiver) -> str:
        name = self.phrases.word("recipients", receiver.name)
        return self._say("processor", name=name) if receiver.processor else capital(name)

    def _transfer(self, receiver: Receiver) -> str:
        return self._say(
            "transfer",
            recipient=self.phrases.word("recipients", receiver.name),
            country=self.phrases.word("countries", receiver.country),
            safeguard=capital(self.phrases.word("safeguards", receiver.safeguard)),
        )

    def _retention(self) -> str:
        time = self.phrases.time_of(self.purpose)
        return self._say("kept", time=time, reason=self.purpose.words.keeping)

    def _words(self, group: Group, codes: Sequence[str]) -> tuple[str, ...]:
        return tuple(capital(self.phrases.word(group, code)) for code in codes)

    def _say(self, path: str, /, **filled: str) -> str:
        return self.phrases.say(f"record.purposes.{path}", **filled)
