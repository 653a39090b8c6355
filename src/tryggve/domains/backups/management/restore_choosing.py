"""Step 4 of a restore: which copy of the data, from which place."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from tryggve.domains.backups.management.asking import Asking
from tryggve.domains.backups.management.restore_wishes import Wishes, day_of
from tryggve.domains.backups.services.restoring import data_found, whereabouts
from tryggve.domains.backups.services.restoring.data_found import Answer, DataCopy, DataPlace
from tryggve.domains.backups.services.restoring.silence import PlaceSilent
from tryggve.domains.backups.words import restoring as words
from tryggve.lib.errors import Refusal


class NotConfirmed(Refusal):
    """The person said no."""


class Choosing:
    """Asks until there is one; what the command line said counts first."""

    def __init__(
        self, known: Sequence[DataPlace], wishes: Wishes, asking: Asking, *, say: Callable[[str], None]
    ) -> None:
        self._known, self._wishes, self._asking, self._say = known, wishes, asking, say

    def copy(self) -> DataCopy:
        """The one that is put back, unless the person says no to it. Raises as ``data_found`` where nobody is asked."""
        while True:
            try:
                answer = self._named() if self._wishes.data_place else self._offered()
                return data_found.choose(answer, snapshot=self._wishes.snapshot, at=self._wishes.at)
            except (data_found.NoSuchCopy, data_found.CopyDamaged) as refusal:
                self._asking.again(refusal)
                self._wishes = replace(self._wishes, snapshot="", at=self._older())
            except (data_found.NoDataAnswer, whereabouts.NoSuchPlace, PlaceSilent) as refusal:
                self._asking.again(refusal)
                self._wishes = replace(self._wishes, data_place=None)

    def confirm(self) -> None:
        """Raises NotConfirmed."""
        if self._wishes.is_sure:
            return
        typed = self._asking.line(_("Put this copy back? Type yes: "), option="--yes")
        if typed.casefold() not in {"yes", _("yes")}:
            raise NotConfirmed(
                _("Then not. Your data were not fetched. Begin again with «./tryggve restore».")
            )

    def _older(self) -> datetime | None:
        question = _("A copy of which day at the latest, such as 2026-11-20? (Enter: the newest) ")
        told = self._asking.line(question, option="--at")
        with suppress(ValueError):
            return day_of(told)
        return None

    def _named(self) -> Answer:
        location = self._wishes.data_place or ""
        secrets = [self._asking.secret(f"{one}: ") for one in whereabouts.secrets_of(location)]
        access = whereabouts.access_to(location, secrets, ssh_key=self._wishes.ssh_key)
        return data_found.moved(access, self._known)

    def _offered(self) -> Answer:
        """The farthest that answers, unless the person says another. Raises NoDataAnswer."""
        found = []
        for one in self._known:
            self._say(_("Asking «%(title)s» …") % {"title": one.title})
            found.append(data_found.ask(one))
        for line in words.answers(found):
            self._say(line)
        usual = next((one for one in found if one.copies), None)
        typed = self._typed(found.index(usual) + 1 if usual else 0)
        if typed.isdecimal() and 0 < int(typed) <= len(found):
            return found[int(typed) - 1]
        if typed:
            self._wishes = replace(self._wishes, data_place=typed)
            return self._named()
        if usual is None:
            raise data_found.NoDataAnswer
        return usual

    def _typed(self, usual: int) -> str:
        if not self._asking.is_answered:
            return ""
        question = _("Which number? (Enter: %(usual)s; or the path where a disk lies now) ")
        return self._asking.line(question % {"usual": usual or "-"}, option="--data-place")
