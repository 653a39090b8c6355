import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_MARKS = {"Mn", "Me"}
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ħ": "h", "ł": "l", "ı": "i"}
)
# The everyday letters, both cases, so that a Nordic name never takes the slow road below.
_EVERYDAY = str.maketrans(
    {
        letter: base
        for base, letters in {
            "a": "åäáàâãÅÄÁÀÂÃ",
            "ae": "æÆ",
            "c": "çÇ",
            "d": "ðÐ",
            "e": "éèêëÉÈÊË",
            "i": "íìîïÍÌÎÏ",
            "n": "ñÑ",
            "o": "öøóòôõÖØÓÒÔÕ",
            "ss": "ß",
            "th": "þÞ",
            "u": "üúùûÜÚÙÛ",
            "y": "ýÿÝ",
        }.items()
        for letter in letters
    }
)


def fold(text: str) -> str:
    """The form in which two spellings are compared: no case, no accents, one letter for å and a.

    So å, ä and a are the same letter here, as are ö, ø and o; æ is ae. Folding twice changes nothing.
    White space and punctuation are left as they are.
    """
    if text.isascii():
        return text.lower()
    everyday = text.translate(_EVERYDAY)
    return everyday.lower() if everyday.isascii() else _fold_rare(everyday)


def _fold_rare(text: str) -> str:
    while True:
        parts = unicodedata.normalize("NFKD", text.casefold())
        bare = "".join(letter for letter in parts if unicodedata.category(letter) not in _MARKS)
        folded = bare.casefold().translate(_LETTERS)
        if folded == text:
            return folded
        text = folded


def words(text: str) -> list[str]:
    """The folded words of a text, punctuation between them dropped."""
    return _WORD.findall(fold(text))
