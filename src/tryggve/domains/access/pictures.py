"""A secret as a telephone's camera reads it, and as a person does."""

import segno

_GROUP = 4


def square_of(text: str) -> str:
    """The text as a square of dots (QR), as the address of a picture."""
    address: str = segno.make_qr(text, error="m").svg_data_uri(border=4, nl=False)
    return address


def in_groups(text: str) -> str:
    """Four signs at a time, which are easier to copy."""
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
