import unicodedata

from tryggve.domains.customers.engine.values.folding import fold


def read_aloud(name: str) -> str:
    """What two spellings have in common that look alike: no case, no accents, single spaces, nothing invisible."""
    visible = (letter for letter in fold(name) if unicodedata.category(letter) != "Cf")
    return " ".join("".join(visible).split())
