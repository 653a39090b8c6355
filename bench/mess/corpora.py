"""Texts for measuring speed: prose, a dense table, and text in which there is nothing to find."""

import random

from bench.mess import prose
from bench.mess.formats.plain import Marked
from bench.mess.kinds import KINDS, of_language, people
from bench.mess.kinds.near_misses import ORDERS, digits, guid
from bench.mess.values import LANGUAGES, Dice, Made, Phrase

NAMES = ("prose", "dense", "clean")
ENTITIES_A_MEGABYTE = 1_100
ROW = ("PERSON", "EMAIL", "SE_PERSONNUMMER", "PHONE", "SE_ORGNR", "DK_CVR", "IBAN", "DK_CPR")
_HEADINGS = (
    "Namn",
    "E-post",
    "Personnummer",
    "Telefon",
    "Org.nr",
    "CVR",
    "IBAN",
    "CPR",
    "Kategori",
    "Anteckning",
)
_CATEGORIES = ("Privatkund", "Företagskund", "Återförsäljare", "Mässbesökare")
_SHORTEST_LINE = 64
_DECOYS = 0.3
_MEGABYTE = 1_000_000
# They come with lines of other text around them, or name nobody: as entities they would be more than one, or none.
_NOT_IN_PROSE = {"SPECIAL", "SECRET"}


def corpus(name: str, megabytes: float, seed: int = 2026) -> Made:
    """One of ``NAMES``, always the same; at least that many million bytes."""
    dice = random.Random(f"{seed}:{name}")  # noqa: S311 - invented people, no secrets
    size = int(megabytes * _MEGABYTE)
    return {"prose": _prose, "dense": _dense, "clean": _clean}[name](dice, size)


def _prose(dice: Dice, size: int) -> Made:
    """Lines of usual length in five languages, an entity in each tenth or so, and decoys."""
    out, entities = Marked(), 0
    while len(out) < size:
        language = dice.choice(LANGUAGES)
        line: Phrase = (_line(dice, language),)
        if entities < len(out) * ENTITIES_A_MEGABYTE / _MEGABYTE:
            line = (prose.sentence(dice, language), " ", *_entity(dice, language))
            entities += 1
            if dice.random() < _DECOYS:
                line = (*line, " ", *_decoy(dice, language))
        out.add(*line, "\n")
    return out.made


def _entity(dice: Dice, language: str) -> Phrase:
    forms = [one for one in of_language(language) if one.kind not in _NOT_IN_PROSE]
    return dice.choice(forms).phrase(dice, language)


def _decoy(dice: Dice, language: str) -> Phrase:
    text = dice.choice((digits(dice, 8), f"73{digits(dice, 11)}", guid(dice), f"{dice.getrandbits(64):016x}"))
    before, after = dice.choice(ORDERS[language]).split("{}")
    return (f"{before}{text}{after}",)


def _dense(dice: Dice, size: int) -> Made:
    """Eight entities a row of some 230 bytes: 35,000 a megabyte, as in the study that the bars come from."""
    out = Marked()
    out.add(";".join(_HEADINGS), "\n")
    while len(out) < size:
        for place, kind in enumerate(ROW):
            value = people.person(dice, "sv") if kind == "PERSON" else KINDS[kind].written(dice)
            out.add(";" if place else "", value)
        remark = _line(dice, dice.choice(LANGUAGES))
        out.add(f";{dice.choice(_CATEGORIES)};{remark}\n")
    return out.made


def _clean(dice: Dice, size: int) -> Made:
    out = Marked()
    while len(out) < size:
        out.add(_line(dice, dice.choice(LANGUAGES)), "\n")
    return out.made


def _line(dice: Dice, language: str) -> str:
    """At least a sentence, and as long as a line usually is."""
    line = prose.sentence(dice, language)
    while len(line) < _SHORTEST_LINE:
        line += f" {prose.sentence(dice, language)}"
    return line
