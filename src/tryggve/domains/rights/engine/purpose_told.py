from collections.abc import Iterator
from dataclasses import dataclass

from tryggve.domains.rights.engine.papers.paper import Line
from tryggve.domains.rights.engine.papers.phrases import Phrases, capital
from tryggve.domains.rights.engine.purposes import Controller, Purpose


@dataclass(frozen=True, slots=True)
class PurposeTold:
    """One purpose in the sentences of a privacy notice."""

    purpose: Purpose
    controller: Controller
    phrases: Phrases

    def facts(self) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """What stands beside each heading («notice.purposes.…»), in order; headings with nothing beside are out."""
        yield "data", (Line(self._data(), ("14(1)(d)",)),)
        yield "legal_basis", tuple(self._legal_basis())
        if self.purpose.facts.special_basis:
            yield "special", tuple(self._special())
        yield "retention", (Line(self._retention(), ("13(2)(a)", "14(2)(a)")),)
        yield "recipients", tuple(Line(text, ("13(1)(e)", "14(1)(e)")) for text in self._recipients())
        if self.purpose.facts.transfers:
            yield "transfers", tuple(Line(text, ("13(1)(f)", "14(1)(f)")) for text in self._transfers())
        if self.purpose.facts.sources:
            yield "sources", (Line(self._sources(), ("14(2)(f)",)),)
        yield "required", (Line(self._required(), ("13(2)(e)",)),)
        if self.purpose.words.automated:
            yield "automated", (Line(self.purpose.words.automated, ("13(2)(f)", "14(2)(g)")),)

    def _data(self) -> str:
        return capital(self.phrases.named("data", self.purpose.facts.data)) + "."

    def _legal_basis(self) -> Iterator[Line]:
        facts, words = self.purpose.facts, self.purpose.words
        law = self.phrases.word("laws", facts.law)
        interest = words.interest
        text = self._say(f"legal_basis.{facts.legal_basis}", law=law, interest=interest)
        of_interest = ("13(1)(d)", "14(2)(b)") if facts.legal_basis == "f" else ()
        yield Line(text, ("13(1)(c)", "14(1)(c)", *of_interest))

    def _special(self) -> Iterator[Line]:
        letter = self.purpose.facts.special_basis
        basis = self.phrases.word("special_bases", letter)
        if self.purpose.words.special:
            yield Line(self.purpose.words.special, ("13(1)(c)", "14(1)(c)"))
        text = self._say("purposes.special_basis", basis=basis, letter=letter)
        yield Line(text, ("13(1)(c)", "14(1)(c)"))

    def _retention(self) -> str:
        time = self._say("purposes.kept", time=self.phrases.time_of(self.purpose))
        return f"{time} {self.purpose.words.keeping}"

    def _recipients(self) -> Iterator[str]:
        recipients = self.purpose.facts.recipients
        if not recipients:
            yield self._say("purposes.nobody", firm=self.controller.firm)
        for path, is_processor in (("processors", True), ("others", False)):
            names = [one.name for one in recipients if one.processor is is_processor]
            if names:
                yield self._say(f"purposes.{path}", names=self.phrases.named("recipients", names))

    def _transfers(self) -> Iterator[str]:
        for receiver in self.purpose.facts.transfers:
            yield self._say(
                "purposes.transfer",
                recipient=self.phrases.word("recipients", receiver.name),
                country=self.phrases.word("countries", receiver.country),
                safeguard=self.phrases.word("safeguards", receiver.safeguard),
            )

    def _sources(self) -> str:
        names = self.phrases.named("sources", self.purpose.facts.sources)
        return self._say("purposes.from_elsewhere", names=names)

    def _required(self) -> str:
        return f"{self._say(f'required.{self.purpose.facts.required}')} {self.purpose.words.consequence}"

    def _say(self, path: str, /, **filled: str) -> str:
        return self.phrases.say(f"notice.{path}", **filled)
