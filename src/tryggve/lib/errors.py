from typing import ClassVar

from django_stubs_ext import StrOrPromise


class Refusal(Exception):
    """Something the person at the screen can mend.

    ``str(refusal)`` is a translated sentence: what happened, that nothing was lost, what to do. A class that always
    says the same has it as ``sentence``, with the facts of the case in its places; else it is given as it is told.
    """

    exit_status: ClassVar[int] = 2
    sentence: ClassVar[StrOrPromise] = ""

    def __init__(self, told: StrOrPromise | None = None, /, **facts: object) -> None:
        super().__init__(str(self.sentence) % facts if told is None else told)


class Missing(LookupError):
    """Something asked for by its id that isn't there, or not for whoever asks; its page says that nothing is there."""
