"""Whether two customers are called and live alike: «Jon Ek, Storgatan 5» and «John Ek, Storg. 5», but for a letter."""

import re
from collections.abc import Iterator, Sequence

from tryggve.domains.customers.engine.details import Address, Details
from tryggve.domains.customers.engine.values.folding import words

_FEWEST_LETTERS = 3
_NUMBER = re.compile(r"\d+")
_NOT_A_DIGIT = re.compile(r"\D")


def blocks_of(details: Details, *, called: Sequence[str] | None = None) -> list[str]:
    """Where those are looked for who may be the same: one word of the name, the house number, and postcode or town.

    Both of these, since somebody may have left out either. Whoever has no name, or no address with a number, is in no
    block. ``called`` are the folded words of the name, if they are at hand.
    """
    if not details.addresses or not details.name:
        return []
    return list(dict.fromkeys(_blocks(details.addresses, words(details.name) if called is None else called)))


def _blocks(addresses: Sequence[Address], said: Sequence[str]) -> Iterator[str]:
    for address in addresses:
        number, places = _house_number(address), (_postcode(address), _letters(address.city))
        for place in filter(None, places if number else ()):
            for word in said:
                yield f"~{word}|{number}|{place}"


def are_alike(one: Details, other: Details) -> bool:
    """Whether name and address are the same but for a letter, an initial or a part that one of them leaves out.

    One word at least of the two names is the same.
    """
    if one.kind != other.kind or not _is_one_name(words(one.name), words(other.name)):
        return False
    return any(_is_one_place(here, there) for here in one.addresses for there in other.addresses)


def _is_one_name(some: list[str], others: list[str]) -> bool:
    shared = set(some) & set(others)
    left, right = ([word for word in words if word not in shared] for words in (some, others))
    if not left or not right:
        return bool(shared)
    if len(left) != len(right):
        return False
    return bool(shared) and all(map(_is_one_word, sorted(left), sorted(right)))


def _is_one_word(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return longer.startswith(shorter)
    return len(shorter) >= _FEWEST_LETTERS and is_one_letter_off(shorter, longer)


def is_one_letter_off(shorter: str, longer: str) -> bool:
    """Whether one letter more, another letter or two that changed places is all the difference."""
    if len(longer) - len(shorter) > 1:
        return False
    at = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
    return swapped or shorter[at + 1 :] == longer[at + 1 :]


def _is_one_place(here: Address, there: Address) -> bool:
    if _house_number(here) != _house_number(there) or not _house_number(here):
        return False
    if _differ(_postcode(here), _postcode(there)):
        return False
    if not (_postcode(here) and _postcode(there)) and _differ(*map(_letters, (here.city, there.city))):
        return False
    shorter, longer = sorted(map(_letters, (here.street, there.street)), key=len)
    return longer.startswith(shorter) or is_one_letter_off(shorter, longer)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _letters(text: str) -> str:
    return "".join(word for word in words(text) if not word.isdigit())


def _house_number(address: Address) -> str:
    found = _NUMBER.search(address.street)
    return found[0] if found else ""


def _postcode(address: Address) -> str:
    digits = address.postcode.replace(" ", "")
    return digits if digits.isdecimal() else _NOT_A_DIGIT.sub("", digits)
