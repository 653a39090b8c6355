"""Words as regular expressions over bytes, in what Hyperscan, RE2 and ``re`` all take to mean the same."""

from tryggve.domains.datamap.engine.words.word import Word

_SEPARATOR = r"[._\-]? ?"


def pattern(word: Word) -> str:
    """All its spellings in one."""
    return _SEPARATOR.join(letters(part, word.is_exact) for part in word.text.split(" "))


def letters(text: str, is_exact: bool) -> str:
    return "".join(_quoted(letter) if is_exact else either_case(letter) for letter in text)


def either_case(letter: str) -> str:
    """Small or capital. No flag does this for all: without UTF-8 mode none folds å, and RE2's folds other bytes too."""
    small, capital = letter.lower(), letter.upper()
    if small == capital or not len(small) == len(capital) == 1:
        return _quoted(letter)
    *lead, last = small.encode()
    *lead_of_capital, last_of_capital = capital.encode()
    if lead != lead_of_capital:
        return f"(?:{_quoted(small)}|{_quoted(capital)})"
    return f"{''.join(map(_byte, lead))}[{_byte(last)}{_byte(last_of_capital)}]"


def _quoted(letter: str) -> str:
    return "".join(map(_byte, letter.encode()))


def _byte(code: int) -> str:
    return chr(code) if chr(code).isalnum() and code < 0x80 else f"\\x{code:02x}"
