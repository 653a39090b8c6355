"""What several kinds are mistaken for: numbers of orders and goods, parts of something longer, times."""

from collections.abc import Callable, Mapping, Sequence

from bench.mess.values import Dice, Phrase, Value, near, said

ORDERS: Mapping[str, Sequence[str]] = {
    "sv": ("Ordernr {}", "order {}", "Artikelnr: {}", "Beställningsnummer {}", "Ärende {}", "Kollinummer {}"),
    "da": ("Ordrenr. {}", "Varenummer: {}", "Bestilling {}", "Sagsnr. {}", "Pakkenummer {}"),
    "nb": ("Ordrenummer {}", "Varenr. {}", "Bestilling {}", "Saksnr. {}", "Pakkenummer {}"),
    "fi": ("Tilausnumero {}", "Tuotenumero: {}", "Tilausnro {}", "Lähetystunnus {}"),
    "en": ("Order no. {}", "Item number: {}", "Order {}", "Ticket {}", "Tracking number {}", "SKU {}"),
}
GROWN = ("X{}", "{h}{}{h}", "{}{h}", "{}_{a}", "file_{}_v2", "{a}{b}{}", "{a}-{}-{b}", "{a}.{}", "{h}-{}-{h}")
_LONGER = (*GROWN, "{}-{a}", "{}/{b}", "ref/{}/{b}", "{a}/{}-{b}")


def ordered(kind: str, text: Callable[[Dice], str]) -> Callable[[Dice, str], Phrase]:
    """A number that would pass, which the words before it call something else."""

    def make(dice: Dice, language: str) -> Phrase:
        return said(dice.choice(ORDERS[language]), near(kind, text(dice)))

    return make


def labelled(
    kind: str, labels: Mapping[str, Sequence[str]], text: Callable[[Dice], str]
) -> Callable[[Dice, str], Phrase]:
    """A number that the words before it call what it isn't: its digits are wrong."""

    def make(dice: Dice, language: str) -> Phrase:
        return said(dice.choice(labels[language]), near(kind, text(dice)))

    return make


def bare(kind: str, text: Callable[[Dice], str]) -> Callable[[Dice, str], Phrase]:
    def make(dice: Dice, language: str) -> Phrase:
        return (near(kind, text(dice)),)

    return make


def longer(
    kind: str, text: Callable[[Dice], str], patterns: Sequence[str] = _LONGER
) -> Callable[[Dice, str], Phrase]:
    """A good number inside something longer: the near miss is the number alone. ``{a}`` and ``{b}`` are digits."""

    def make(dice: Dice, language: str) -> Phrase:
        filled = dice.choice(patterns).replace("{a}", digits(dice, 4)).replace("{b}", digits(dice, 3))
        while "{h}" in filled:
            filled = filled.replace("{h}", "".join(dice.choices("abcdef", k=2)) + digits(dice, 2), 1)
        return said(filled, near(kind, text(dice)))

    return make


def in_words(kind: str, phrases: Mapping[str, Sequence[str]]) -> Callable[[Dice, str], Phrase]:
    """A word in a sentence: ``before|word|after``; the word is the near miss."""

    def make(dice: Dice, language: str) -> Phrase:
        before, word, after = dice.choice(phrases[language]).split("|")
        pieces: Sequence[str | Value] = (before, near(kind, word), after)
        return tuple(piece for piece in pieces if piece)

    return make


def everywhere(*texts: str) -> Mapping[str, Sequence[str]]:
    """The same in all languages."""
    return dict.fromkeys(("sv", "da", "nb", "fi", "en"), texts)


def digits(dice: Dice, count: int) -> str:
    """They don't begin with zero."""
    return str(dice.randrange(10 ** (count - 1), 10**count))


def with_other_end(dice: Dice, text: str) -> str:
    """Its last digit changed: with every rule here that makes it wrong."""
    return text[:-1] + dice.choice([sign for sign in "0123456789" if sign != text[-1]])


def guid(dice: Dice) -> str:
    spelled = f"{dice.getrandbits(128):032x}"
    return "-".join((spelled[:8], spelled[8:12], spelled[12:16], spelled[16:20], spelled[20:]))
