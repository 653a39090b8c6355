import re
import unicodedata

_LETTERS_WITHOUT_MARKS = str.maketrans({"æ": "ae", "ø": "o", "ð": "d", "þ": "th", "ł": "l"})
_MARKS = re.compile(r"[\u0300-\u036f]")
# «1» is written for an i as well as for an l: both are tried.
_LOOKS_LIKE = [str.maketrans("013457@$!|", f"o{one}eastas{one}{one}") for one in "il"]
# In three signs chosen by chance a digit would too often make a word.
_SHORTEST_READ_TWICE = 4


def folded(text: str) -> str:
    """The text as guessing programs see it: small letters, without rings, dots and strokes."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _MARKS.sub("", decomposed).translate(_LETTERS_WITHOUT_MARKS)


def readings(piece: str) -> set[str]:
    """What a folded piece may stand for: itself, and with its digits and signs read as letters that look alike."""
    mixed = not piece.isalpha() and any(map(str.isalpha, piece))
    if len(piece) < _SHORTEST_READ_TWICE or not mixed:
        return {piece}
    return {piece, *(piece.translate(table) for table in _LOOKS_LIKE)}
