from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone

from tryggve.accounts.policy import asking
from tryggve.lib.command import Command


class PolicedCommand(Command):
    """A verb of ``./tryggve`` that reads or changes the register: the policy is asked first, as for a page."""

    # The permission of each verb; of the command itself where it has none.
    permissions: ClassVar[Mapping[str, str]]

    def handle(self, *args: Any, **options: Any) -> None:
        name = self.permissions[options.get("verb") or ""]
        asking.require(asking.of_machine(name, at=timezone.now()))
        super().handle(*args, **options)
