import json
import logging
from datetime import UTC, datetime


def begin() -> None:
    """Until the settings say more: what is worth a warning, to standard error."""
    if not logging.getLogger().handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(JsonLine())
        logging.getLogger().addHandler(handler)


class JsonLine(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what ``extra={"facts": {...}}`` adds.

    An exception is told by its class alone: its text may hold personal data.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)
