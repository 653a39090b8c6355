import re
from dataclasses import dataclass

_NAME = re.compile(r"[a-z_]\w*(\.[a-z_]\w*)*:[a-z_]\w*")
_registered: set["Parser"] = set()


@dataclass(frozen=True, slots=True)
class Parser:
    """A function that may parse foreign bytes, and one without arguments that is called before it is sealed off.

    Both are named ``module:function``; no rehearsal, no name.
    """

    name: str
    rehearsal: str = ""


def register(name: str, *, rehearsal: str = "") -> Parser:
    """Allow this function to run on foreign bytes. Raises ValueError when that can't be the name of one.

    What Python loads only when it is first used (encodings, parts of its library) is used in the rehearsal, on
    bytes of our own: afterwards nothing can be loaded.
    """
    for one in [name, rehearsal] if rehearsal else [name]:
        if not _NAME.fullmatch(one):
            raise ValueError(f"not «module:function»: {one}")
    parser = Parser(name, rehearsal)
    _registered.add(parser)
    return parser


def is_registered(parser: Parser) -> bool:
    return parser in _registered
