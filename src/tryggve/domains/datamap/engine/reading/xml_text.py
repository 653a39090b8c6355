"""XML of no known kind: its tags stay, for their names say what stands in them."""

import re
from collections.abc import Iterator
from typing import Final

from tryggve.domains.datamap.engine.reading import encodings, entities, plain_text
from tryggve.domains.datamap.engine.reading.parts import Limits, Read, Source

_DECLARED: Final = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)")


def read(source: Source, name: str, limits: Limits) -> Iterator[Read]:
    """No entity is expanded, so none can grow."""
    declared = _DECLARED.match(source[0 : plain_text.HEAD])
    encoding = encodings.one_byte_encoding(declared[1].decode()) if declared else encodings.UTF8
    return plain_text.pieces(source, entities.resolved, declared=encoding)
