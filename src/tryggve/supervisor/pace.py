from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How patient the parent is; all in seconds but ``patience``."""

    settled: float = 10.0  # a child that lived this long didn't die at its start
    first: float = 1.0  # the second wait after deaths at the start; the first is none, then it doubles
    slow: float = 60.0  # how often a child is tried that died at its start ``patience`` times
    patience: int = 5
    grace: float = 10.0  # to end by itself before it is killed
    poll: float = 0.1  # how often it is asked whether the pages answer already

    def wait(self, early_deaths: int) -> float:
        """How long to wait before the next start, after so many deaths at the start in a row."""
        if early_deaths >= self.patience:
            return self.slow
        return 0.0 if early_deaths <= 1 else min(self.first * 2.0 ** (early_deaths - 2), self.slow)
