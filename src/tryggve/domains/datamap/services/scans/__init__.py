from tryggve.domains.datamap.services.scans.asking import (
    NothingToDo,
    ask,
    ask_for_due,
    ask_now,
    go_on,
    pause,
    stop,
)
from tryggve.domains.datamap.services.scans.running import run
from tryggve.domains.datamap.services.scans.turns import (
    AlreadyAtIt,
    close_left_behind,
    give_up,
    held,
    is_anything_waiting,
    next_waiting,
)

__all__ = [
    "AlreadyAtIt",
    "NothingToDo",
    "ask",
    "ask_for_due",
    "ask_now",
    "close_left_behind",
    "give_up",
    "go_on",
    "held",
    "is_anything_waiting",
    "next_waiting",
    "pause",
    "run",
    "stop",
]
