"""Invented customers with as many different names as a large register has, and what is typed to find them."""

import random
from collections.abc import Iterator
from functools import cache
from itertools import product

_SEED = 11
_MEN = "Bo Björn Dan Erik Göran Jørgen Lars Örjan Søren Nils Olof Rasmus Viggo Ahmed Håkan Kåre".split()  # noqa: SIM905
_WOMEN = "Anna Åsa Cecilia Fatima Ingrid Karin Mette Zeynep Maja Pia Sigrid Tove Ulla Ylva Leyla Ærla".split()  # noqa: SIM905
_GIVEN = (*_WOMEN, *_MEN)
_BEGINNINGS = tuple(
    "Ek Berg Lind Sjö Ström Holm Gran Nord Dal Hed Björk Skog Ny Öst Väst Åker Hög Lund Kvist Alm".split()  # noqa: SIM905
)
_MIDDLES = ("", "a", "e", "ing", "ar", "el", "in", "or", "um", "ås", "ö", "is", "ut", "ol", "ern")
_ENDINGS = tuple(
    "ström berg qvist lund gren man sson dahl gård holm sen datter vik mark stedt".split()  # noqa: SIM905
)
_DOMAINS = tuple(f"firma{number}.example" for number in range(400))
_TAGS = ("VIP", "Grossist", "Båtklubb", "Nyhetsbrev", "Årskort", "Förening", "Ö-gruppen")
_STREETS = ("Storgatan", "Kyrkogränd", "Ängsvägen", "Hamngatan")
Person = tuple[str, ...]


@cache
def surnames() -> tuple[str, ...]:
    """Some thousands, the common ones first."""
    made = [begin + middle + end for begin, middle, end in product(_BEGINNINGS, _MIDDLES, _ENDINGS)]
    random.Random(_SEED).shuffle(made)  # noqa: S311 - invented people, no secrets
    return tuple(made)


def people(count: int) -> list[Person]:
    """Under the headings of ``measuring``, in no order, the same each time; no two share an e-mail address."""
    dice = random.Random(_SEED)  # noqa: S311 - the same
    families, made = surnames(), list[Person]()
    for number in range(count):
        given = dice.choice(_GIVEN)
        if dice.random() < 0.2:
            given += f"-{dice.choice(_GIVEN)}"
        # As in life: few names are very common, most are rare.
        family = families[min(int(dice.paretovariate(0.35)), len(families) - 1)]
        email = f"{given}.{family}.{number}@{dice.choice(_DOMAINS)}".lower()
        made.append((
            f"{given} {family}",
            email.translate(_PLAIN),
            f"07{dice.randrange(10)}-{dice.randrange(10**3):03} {dice.randrange(100):02} {dice.randrange(100):02}",
            f"{dice.choice(_STREETS)} {dice.randrange(1, 200)}",
            f"{dice.randrange(100, 999)} {dice.randrange(10, 99)}",
            "Umeå",
            dice.choice(("", "", *_TAGS)),
            "",
        ))  # fmt: skip
    return made


_PLAIN = str.maketrans("åäöøæ", "aaooa")


def names_typed(some: list[Person], count: int) -> Iterator[str]:
    """Names as they are typed: whole, their beginnings from two letters on, a family name, a piece of one."""
    dice = random.Random(_SEED + 1)  # noqa: S311 - the same
    for number in range(count):
        name = dice.choice(some)[0]
        given, family = name.split()
        at = dice.randrange(len(family) - 2)
        ways = (
            name,
            given[: dice.randrange(2, len(given) + 1)],
            family,
            family[: dice.randrange(2, len(family) + 1)],
            family[at : at + dice.randrange(3, 5)],
            f"{given} {family[:2]}",
        )
        yield ways[number % len(ways)]


def anything_typed(some: list[Person], count: int) -> Iterator[str]:
    """The same, and pieces of e-mail addresses, telephone numbers and tags."""
    dice = random.Random(_SEED + 2)  # noqa: S311 - the same
    for number, name in enumerate(names_typed(some, count)):
        _name, email, phone, _street, _postcode, _town, tag, _note = dice.choice(some)
        ways = (
            name,
            email,
            email[: dice.randrange(4, 14)],
            phone[-5:],
            phone,
            tag or "årskort",
            name.upper(),
        )
        yield ways[number % len(ways)]


def slipped(some: list[Person], count: int) -> Iterator[tuple[str, str]]:
    """A name with one letter missing, extra, wrong or in its neighbour's place, and the name that was meant."""
    dice = random.Random(_SEED + 3)  # noqa: S311 - the same
    for number in range(count):
        given, family = dice.choice(some)[0].split()
        word = family if number % 3 else max(given, family, key=len)
        at = dice.randrange(1, len(word) - 1)
        wrong = (
            word[:at] + word[at + 1 :],
            word[:at] + dice.choice("aeqst") + word[at:],
            word[:at] + dice.choice("eiuxz") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )[number % 4]
        yield (f"{given} {wrong}" if number % 5 == 0 else wrong), word
