from enum import StrEnum


class Verdict(StrEnum):
    """What a measuring found. *Proved* is for an active test with a planted item, or a real run of the thing."""

    PROVED = "PROVED"
    OBSERVED = "OBSERVED"
    FAILING = "FAILING"
