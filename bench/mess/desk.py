"""Who writes a file: in which language, with which dice, and from which stock."""

import random
from dataclasses import dataclass

from bench.mess import deceptive, documents, tables
from bench.mess.deal import Deal
from bench.mess.formats.contacts import Contact
from bench.mess.formats.mail import Letter
from bench.mess.kinds import contact, people, phone
from bench.mess.values import Dice, Made, Table, Text, Value, plain, values_of

_IN_A_TEXT, _ROWS = 14, 12
_FEW = 5


@dataclass(frozen=True)
class Desk:
    deal: Deal
    dice: Dice
    language: str

    @property
    def country(self) -> str:
        """Whose people are meant: those who write English here live in Sweden."""
        return "sv" if self.language == "en" else self.language

    def letter(self, count: int = _IN_A_TEXT) -> Text:
        return documents.letter(self.deal, self.dice, self.language, count)

    def few(self) -> Text:
        return self.letter(_FEW)

    def note(self) -> Text:
        return documents.note(self.deal, self.dice, self.language, _IN_A_TEXT)

    def log(self) -> Text:
        return documents.log(self.deal, self.dice, self.language, _IN_A_TEXT)

    def table(self, rows: int = _ROWS, numbers: int = 3) -> Table:
        return tables.people_list(self.deal, self.dice, self.language, rows, numbers=numbers)

    def disguised(self, disguise: deceptive.Disguise) -> Text:
        return deceptive.disguised(self.deal, self.dice, disguise)

    def cells(self) -> list[tuple[str, Value]]:
        """Numbers that a table's border cuts in two, with their labels."""
        text = deceptive.disguised(self.deal, self.dice, deceptive.over_a_border, rounds=2)
        return [(plain(line[:1]).rstrip(" :"), value) for line in text.lines() for value in values_of(line)]

    def contact(self) -> Contact:
        code, town = contact.place(self.dice, self.country)
        made = Contact(
            name=people.person(self.dice, self.country),
            mail=contact.mail(self.dice),
            telephone=phone.value_for(self.dice, self.country),
            house=contact.house(self.dice, self.country),
            code=code,
            town=town,
            born=people.born(self.dice, self.country),
            note=self.deal.miss(self.dice, self.language),
        )
        for value in (made.name, made.mail, made.telephone, made.house, made.born):
            self.deal.count(value)
        return made

    def mail(self, attached: dict[str, Made] | None = None, *, is_html: bool = False) -> Letter:
        sender, receiver = self._correspondent(), self._correspondent()
        return Letter(self.few(), sender, receiver, attached or {}, is_html)

    def _correspondent(self) -> tuple[Value, Value]:
        who = people.person(self.dice, self.country), contact.mail(self.dice)
        for value in who:
            self.deal.count(value)
        return who


def desk(deal: Deal, seed: int, name: str, language: str) -> Desk:
    """The dice hang on the file's name, so that one more file changes no other's form."""
    return Desk(deal, random.Random(f"{seed}:{name}"), language)  # noqa: S311 - invented people, no secrets
