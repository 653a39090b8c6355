from logging import LogRecord

from tryggve.lib import logs


class ServerLine(logs.JsonLine):
    """A line of granian's log. A failure's text and trace stand in its message: the first line is kept."""

    def format(self, record: LogRecord) -> str:
        record.msg = record.getMessage().partition("\n")[0]
        record.args = None
        return super().format(record)
