"""A piece of text as it is searched."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine.runs import Codes, Runs, runs_in
from tryggve.domains.datamap.engine.said import NOTHING_SAID, Said

# For those who don't say what day it is: nobody is born later, and all rules of numbers that are known hold.
_FAR_OFF: Final = date(2032, 1, 1)


@dataclass(frozen=True)
class Text:
    """UTF-8 whose deceptive letters are resolved: one kind of space, of hyphen and of digit, nothing invisible.

    ``said``: what words nearby and headings of columns call a place. Spans are counted in bytes of ``content``.
    ``on``: today; nobody is born later.
    """

    content: bytes
    said: Said = field(default=NOTHING_SAID)
    on: date = _FAR_OFF

    @cached_property
    def codes(self) -> Codes:
        return np.frombuffer(self.content, np.uint8)

    @cached_property
    def runs(self) -> Runs:
        return runs_in(self.codes)
