"""Letters, notes and logs, with things planted among everyday sentences."""

from datetime import datetime, timedelta

from bench.mess import prose
from bench.mess.deal import Deal
from bench.mess.values import Dice, Phrase, Text

_START = datetime(2026, 3, 2, 8, 0)  # noqa: DTZ001 - as a log writes it, without a zone
_LEVELS = ("INFO", "INFO", "INFO", "DEBUG", "WARN", "ERROR")
_SOURCES = ("shop.checkout", "mail.out", "auth", "sync", "import.csv", "crm")
_LONG = 300


def letter(deal: Deal, dice: Dice, language: str, count: int) -> Text:
    """As many true values as near misses, in no order."""
    paragraphs: list[list[Phrase]] = [[(dice.choice(prose.GREETINGS[language]),)]]
    for phrase in _shuffled(deal, dice, language, count):
        line = _in_prose(dice, language, phrase)
        is_long = sum(len(piece) for piece in phrase if isinstance(piece, str)) > _LONG
        if is_long or dice.random() < 0.5 or len(paragraphs[-1]) > 6:
            paragraphs.append([])
        paragraphs[-1].append(line)
        if is_long:
            paragraphs.append([(prose.sentence(dice, language),)])
    return Text(dice.choice(prose.TITLES[language]), paragraphs)


def note(deal: Deal, dice: Dice, language: str, count: int) -> Text:
    """A thing a line, in a list."""
    lines: list[Phrase] = [("- ", *phrase) for phrase in _shuffled(deal, dice, language, count)]
    return Text(dice.choice(prose.TITLES[language]), [lines[at : at + 6] for at in range(0, len(lines), 6)])


def log(deal: Deal, dice: Dice, language: str, count: int) -> Text:
    """Lines that begin with a time, among others that say nothing of anybody."""
    lines: list[Phrase] = []
    at = _START
    for phrase in _shuffled(deal, dice, language, count):
        for message in (phrase, (f"request took {dice.randrange(3, 900)} ms, status 200",)):
            at += timedelta(seconds=dice.randrange(1, 90), milliseconds=dice.randrange(1000))
            stamp = f"{at:%Y-%m-%d %H:%M:%S},{at.microsecond // 1000:03}"
            lines.append((f"{stamp} {dice.choice(_LEVELS)} {dice.choice(_SOURCES)}: ", *message))
    return Text("log", [lines])


def _shuffled(deal: Deal, dice: Dice, language: str, count: int) -> list[Phrase]:
    phrases = [deal.phrase(dice, language) for _number in range(count)]
    phrases += [deal.miss(dice, language) for _number in range(count)]
    dice.shuffle(phrases)
    return phrases


def _in_prose(dice: Dice, language: str, phrase: Phrase) -> Phrase:
    """Alone on its line, or with a sentence before or behind it."""
    where = dice.randrange(4)
    if where == 0:
        return (prose.sentence(dice, language) + " ", *phrase)
    if where == 1:
        return (*phrase, " " + prose.sentence(dice, language))
    return phrase
