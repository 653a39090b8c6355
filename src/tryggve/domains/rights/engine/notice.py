"""The privacy notice: what GDPR art. 13 and 14 want told, in sentences for the person whom it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tryggve.domains.rights.engine.authorities import authority_of
from tryggve.domains.rights.engine.gaps import whole
from tryggve.domains.rights.engine.papers.paper import Fact, Line, Paper, Section
from tryggve.domains.rights.engine.papers.phrases import Phrases, capital
from tryggve.domains.rights.engine.purpose_told import PurposeTold
from tryggve.domains.rights.engine.purposes import Controller, Language, Purpose

# What every notice must hold (Regulation (EU) 2016/679). 13(1)(d) and 14(2)(b) only where a purpose rests on
# legitimate interests.
ITEMS = (
    *(f"13(1)({letter})" for letter in "abcdef"),
    *(f"13(2)({letter})" for letter in "abcdef"),
    *(f"14(1)({letter})" for letter in "abcdef"),
    *(f"14(2)({letter})" for letter in "abcdefg"),
)


def privacy_notice(
    controller: Controller, purposes: Sequence[Purpose], *, language: Language, made_on: date
) -> Paper:
    """The notice in one language; the purposes are told in it already. Raises Incomplete and UnknownCountry."""
    controller, purposes = whole(controller, purposes)
    told = _Notice(controller, purposes, Phrases(language))
    return Paper(
        kind="notice",
        language=language,
        firm=controller.firm,
        title=told.phrases.say("notice.title"),
        dated=told.phrases.say("notice.dated", date=told.phrases.day(made_on)),
        made_on=made_on,
        introduction=(Line(told.phrases.say("notice.introduction", firm=controller.firm)),),
        sections=tuple(told.sections()),
    )


@dataclass(frozen=True, slots=True)
class _Notice:
    controller: Controller
    purposes: Sequence[Purpose]
    phrases: Phrases

    def sections(self) -> Iterator[Section]:
        yield self._overview()
        yield self._who()
        yield self._purposes()
        yield self._transfers()
        yield self._sources()
        yield self._automated()
        yield self._rights()
        yield self._complaint()
        yield self._section("later", Line(self._say("later.text"), ("13(3)", "14(4)")))

    def _overview(self) -> Section:
        kept = (self.phrases.time_of(purpose) for purpose in self.purposes)
        return Section(
            self._say("overview.heading"),
            lines=(Line(self._say("overview.ask", contact=self.controller.contact)),),
            facts=tuple(
                Fact(purpose.words.name, (Line(self._say("overview.kept", time=time)),))
                for purpose, time in zip(self.purposes, kept, strict=True)
            ),
        )

    def _who(self) -> Section:
        controller, articles = self.controller, ("13(1)(a)", "14(1)(a)")
        rows = {
            name: getattr(controller, name)
            for name in ("number", "address", "email", "phone", "page", "joint", "representative")
        }
        facts = [self._fact(f"who.{name}", Line(text, articles)) for name, text in rows.items() if text]
        officer = controller.officer or self._say("who.no_officer")
        return Section(
            self._say("who.heading"),
            lines=(Line(self._say("who.responsible", firm=controller.firm), articles),),
            facts=(*facts, self._fact("who.officer", Line(officer, ("13(1)(b)", "14(1)(b)")))),
        )

    def _purposes(self) -> Section:
        told = (PurposeTold(purpose, self.controller, self.phrases) for purpose in self.purposes)
        return Section(
            self._say("purposes.heading"),
            sections=tuple(
                Section(
                    one.purpose.words.name,
                    lines=(Line(capital(one.purpose.words.description), ("13(1)(c)", "14(1)(c)")),),
                    facts=tuple(self._fact(f"purposes.{name}", *lines) for name, lines in one.facts()),
                )
                for one in told
            ),
        )

    def _transfers(self) -> Section:
        names = self._names_of(bool(purpose.facts.transfers) for purpose in self.purposes)
        filled = {"names": names, "contact": self.controller.contact} if names else {}
        text = self._say(f"transfers.{'some' if names else 'none'}", **filled)
        return self._section("transfers", Line(text, ("13(1)(f)", "14(1)(f)")))

    def _sources(self) -> Section:
        names = self._names_of(bool(purpose.facts.sources) for purpose in self.purposes)
        elsewhere = [Line(self._say("sources.elsewhere", names=names), ("14(2)(f)",))] if names else []
        return self._section("sources", Line(self._say("sources.person"), ("14(2)(f)",)), *elsewhere)

    def _automated(self) -> Section:
        names = self._names_of(bool(purpose.words.automated) for purpose in self.purposes)
        text = self._say("automated.some", names=names) if names else self._say("automated.none")
        return self._section("automated", Line(text, ("13(2)(f)", "14(2)(g)")))

    def _rights(self) -> Section:
        bases = {purpose.facts.legal_basis for purpose in self.purposes}
        explicit = any(purpose.facts.special_basis == "a" for purpose in self.purposes)
        asked = ["access", "rectification", "erasure", "restriction"]
        asked += ["portability"] if bases & {"a", "b"} else []
        asked += ["objection"] if bases & {"e", "f"} else []
        points = [
            Line(self._say(f"rights.{right}"), ("13(2)(b)", "14(2)(c)")) for right in (*asked, "marketing")
        ]
        withdrawal = "withdrawal" if "a" in bases or explicit else "no_consent"
        points.append(Line(self._say(f"rights.{withdrawal}"), ("13(2)(c)", "14(2)(d)")))
        page = [Line(self._say("rights.self", page=self.controller.page))] if self.controller.page else []
        how = Line(self._say("rights.how", contact=self.controller.contact), ("12(3)", "12(5)", "12(6)"))
        return Section(self._say("rights.heading"), lines=(how, *page), points=tuple(points))

    def _complaint(self) -> Section:
        authority = authority_of(self.controller.country).contact
        text = self._say("complaint.text", authority=authority)
        return self._section("complaint", Line(text, ("13(2)(d)", "14(2)(e)")))

    def _names_of(self, chosen: Iterator[bool]) -> str:
        pairs = zip(self.purposes, chosen, strict=True)
        return self.phrases.quoted(purpose.words.name for purpose, is_chosen in pairs if is_chosen)

    def _section(self, name: str, *lines: Line) -> Section:
        return Section(self._say(f"{name}.heading"), lines=lines)

    def _fact(self, name: str, *lines: Line) -> Fact:
        return Fact(self._say(name), lines)

    def _say(self, path: str, /, **filled: str) -> str:
        return self.phrases.say(f"notice.{path}", **filled)
