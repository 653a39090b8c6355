import re

_LONGEST = 254
_LONGEST_LOCAL = 64
_LOCAL = re.compile(r"""[^\s@<>()\[\]\\,;:"]+""")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_SEPARATORS = re.compile(r"[;,|\n]")
_MAILTO = "mailto:"


def email_key(email: str) -> str:
    """What two spellings of one address have in common."""
    return email.casefold()


def parse_email(text: str) -> str | None:
    """The address with its domain in lower case, «mailto:» and a full stop after it dropped; None if it is none.

    Practical rather than RFC 5322: one @, a domain with a dot, no white space, at most 254 characters.
    """
    text = text.strip().rstrip(".")
    if text[: len(_MAILTO)].lower() == _MAILTO:
        text = text[len(_MAILTO) :].split("?")[0]
    local, at, domain = text.rpartition("@")
    if not at or len(text) > _LONGEST or len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        return None
    labels = domain.split(".")
    if (
        len(labels) < 2
        or not all(map(_LABEL.fullmatch, labels))
        or labels[-1].isdigit()
        or len(labels[-1]) < 2
    ):
        return None
    return f"{local}@{domain.lower()}"


def emails_in(cell: str) -> tuple[str, ...] | None:
    """The addresses of a cell, each once; None when some of it is none."""
    emails: dict[str, str] = {}
    for piece in _pieces(cell):
        email = parse_email(piece)
        if email is None:
            return None
        emails.setdefault(email_key(email), email)
    return tuple(emails.values())


def _pieces(cell: str) -> list[str]:
    if cell.isascii() and cell.count("@") == 1 and not _SEPARATORS.search(cell) and "<" not in cell:
        return [cell]
    named = _IN_ANGLES.findall(cell)
    if named and "@" not in _IN_ANGLES.sub("", cell):
        return named
    pieces: list[str] = []
    for piece in filter(None, map(str.strip, _SEPARATORS.split(cell))):
        words = piece.split()
        pieces += words if all("@" in word for word in words) else _halves(piece)
    return pieces


def _halves(piece: str) -> list[str]:
    # A slash may stand before the @ of one address, but between two it separates.
    return [half.strip() for half in piece.split("/")] if piece.count("@") > 1 else [piece]
