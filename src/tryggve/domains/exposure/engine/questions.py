"""What is asked of the name service, whoever asks it."""

from typing import Protocol


class Unread(Exception):
    """There was no answer that could be used: nothing is known, neither that it is there nor that it isn't."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class CutOff(Unread):
    """This computer itself can't get out."""

    def __init__(self) -> None:
        super().__init__("no-network")


class Asks(Protocol):
    """Each raises Unread. No answer of that kind is an empty tuple; names come in lower case, without the last dot."""

    def texts(self, name: str) -> tuple[str, ...]:
        """Its TXT records, each joined; bytes that aren't UTF-8 as U+FFFD."""

    def addresses(self, name: str) -> tuple[str, ...]:
        """Its A and AAAA records."""

    def mail_servers(self, name: str) -> tuple[str, ...]:
        """Its MX records, the first choice first; an empty name says that it takes no mail (RFC 7505)."""

    def name_servers(self, name: str) -> tuple[str, ...]:
        """Its NS records."""

    def is_there(self, name: str) -> bool:
        """Whether there is such a name at all."""
