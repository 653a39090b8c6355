"""What a name service would say, as a table: for rules that are about its answers and not about asking."""

from collections.abc import Mapping, Sequence

from tryggve.domains.exposure.engine.questions import Unread


class Zone:
    """Records by name and kind, as in ``{"annas.se TXT": ["v=spf1 -all"]}``; a name in ``silent`` can't be asked."""

    def __init__(self, records: Mapping[str, Sequence[str]], silent: Sequence[str] = ()) -> None:
        self.records = {name.lower(): tuple(told) for name, told in records.items()}
        self.silent = set(silent)
        self.asked: list[str] = []

    def texts(self, name: str) -> tuple[str, ...]:
        return self._told(name, "txt")

    def addresses(self, name: str) -> tuple[str, ...]:
        return self._told(name, "a")

    def mail_servers(self, name: str) -> tuple[str, ...]:
        return self._told(name, "mx")

    def name_servers(self, name: str) -> tuple[str, ...]:
        return self._told(name, "ns")

    def is_there(self, name: str) -> bool:
        self._told(name, "ns")
        return any(key.startswith(f"{name} ") for key in self.records)

    def _told(self, name: str, kind: str) -> tuple[str, ...]:
        self.asked.append(name)
        if name in self.silent:
            raise Unread("no-dns")
        return self.records.get(f"{name} {kind}", ())
