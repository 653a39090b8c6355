"""The engine as the measurements call it: with bytes and a name, and the limits of a scan."""

from tryggve.domains.datamap.engine import scan as engine
from tryggve.domains.datamap.engine.find import Wishes
from tryggve.domains.datamap.engine.findings import Findings
from tryggve.domains.datamap.engine.reading.parts import HeldBytes


def scan(content: bytes, name: str) -> int:
    """Everything but names of people, which no pattern finds either: how many findings there are."""
    return _count(content, name, Wishes(names=False))


def scan_with_names(content: bytes, name: str) -> int:
    return _count(content, name, Wishes())


def _count(content: bytes, name: str, wishes: Wishes) -> int:
    texts = engine.scan(HeldBytes(content), name, wishes=wishes)
    return sum(len(found) for found in texts if isinstance(found, Findings))
