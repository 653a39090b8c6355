from itertools import pairwise

_FEWEST_SIGNS = 5


def is_pattern(password: str) -> bool:
    """Whether it can be guessed without any list: digits alone, few signs, one piece repeated, a row counted up."""
    return (
        password.isdecimal() or len(set(password)) < _FEWEST_SIGNS or _repeats(password) or _counts(password)
    )


def _repeats(password: str) -> bool:
    """Whether it is one piece, twice or more often: the text is found in its own double, turned round."""
    return password.casefold() in (password.casefold() * 2)[1:-1]


def _counts(password: str) -> bool:
    """Whether each sign is the next one after the sign before, up or down, as in ``abcdefghijkl``."""
    steps = {ord(second) - ord(first) for first, second in pairwise(password)}
    return steps in ({1}, {-1})
