import logging
import secrets
import traceback

_log = logging.getLogger("tryggve.errors")


def scrubbed(failure: BaseException) -> dict[str, object]:
    """Where and what kind, never a value: the text of an exception may hold personal data."""
    frames = traceback.extract_tb(failure.__traceback__)
    return {
        "exception": type(failure).__name__,
        "cause": type(failure.__cause__).__name__ if failure.__cause__ else None,
        "at_line": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def keep(failure: BaseException) -> str:
    """Write the scrubbed trace to the log; returns the number that a person can quote."""
    number = secrets.token_hex(4)
    _log.error("unexpected failure", extra={"facts": {"number": number, **scrubbed(failure)}})
    return number
