"""The order of the alphabet where the firm is. For lists that people read; what is searched is folded further."""

import unicodedata

from tryggve.domains.customers.engine.values.folding import fold
from tryggve.domains.customers.engine.values.phones import Country

# The signs that follow z in ASCII stand for the letters that follow it in the alphabet.
_FIRST, _SECOND, _THIRD = "{|}"
_SWEDISH = {"å": _FIRST, "ä": _SECOND, "æ": _SECOND, "ö": _THIRD, "ø": _THIRD, "ü": "y"}
_DANISH = {"æ": _FIRST, "ä": _FIRST, "ø": _SECOND, "ö": _SECOND, "å": _THIRD, "ü": "y"}
_LETTERS = {
    country: str.maketrans(letters | {letter.upper(): sign for letter, sign in letters.items()})
    for country, letters in {"SE": _SWEDISH, "FI": _SWEDISH, "DK": _DANISH, "NO": _DANISH}.items()
}
_AA_IS_ONE_LETTER = {"DK", "NO"}


def place(name: str, country: Country) -> str:
    """The text that comes as early among others as the name does in the alphabet of that country.

    Sweden and Finland: å, ä, ö after z, æ with ä, ø with ö. Denmark and Norway: æ, ø, å after z, ä with æ, ö with ø,
    and aa, wherever it stands, with å. Everywhere ü with y; other accents make no difference.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFC", name).translate(_LETTERS[country])
    folded = fold(name)
    return folded.replace("aa", _THIRD) if country in _AA_IS_ONE_LETTER else folded
