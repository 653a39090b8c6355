from typing import ClassVar


class Refusal(Exception):
    """Something the person at the screen can mend.

    ``str(refusal)`` is a translated sentence: what happened, that nothing was lost, what to do.
    """

    exit_status: ClassVar[int] = 2
