"""Where files come from: each kind of source lists what it has, and gives one at a time."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import ClassVar, Protocol

from django.utils.translation import gettext_lazy as _

from tryggve.domains.datamap.walking import File
from tryggve.lib.errors import Refusal


class Unreachable(Refusal):
    """``code`` stands in the scan as its cause."""

    code: ClassVar = "unreachable"
    sentence: ClassVar = _("The place can't be reached now. Nothing was changed.")


class Empty(Unreachable):
    """Of a folder that had files: the disk that lay there isn't."""

    code: ClassVar = "empty"
    sentence: ClassVar = _("The disk or network drive isn't connected now. Nothing was changed.")


class UnknownHost(Unreachable):
    code: ClassVar = "unknown-host"
    sentence: ClassVar = _(
        "There is no mail server of that name. Check how it is spelled. Nothing was changed."
    )


class NobodyThere(Unreachable):
    code: ClassVar = "nobody-there"
    sentence: ClassVar = _("No mail server answers there at that port. Check both. Nothing was changed.")


class NoAnswer(Unreachable):
    code: ClassVar = "no-answer"
    sentence: ClassVar = _(
        "The mail server didn't answer in time. Check the port and the encryption, or try again later. "
        "Nothing was changed."
    )


class NoEncryption(Unreachable):
    code: ClassVar = "no-encryption"
    sentence: ClassVar = _(
        "The mail server doesn't encrypt in that way there, and without that the password could be read on its way. "
        "Try the other kind of encryption with its port. Nothing was changed."
    )


class BadCertificate(Unreachable):
    code: ClassVar = "certificate"
    sentence: ClassVar = _(
        "The mail server couldn't prove that it is the one of that name, so it wasn't given the password. "
        "Check the name; else ask whoever runs it for a valid certificate. Nothing was changed."
    )


class HungUp(Unreachable):
    code: ClassVar = "hung-up"
    sentence: ClassVar = _(
        "The mail server broke off, or isn't one for reading mail (IMAP). Nothing was changed."
    )


class NotLetIn(Unreachable):
    code: ClassVar = "not-let-in"
    sentence: ClassVar = _(
        "The mail server doesn't let this user in with this password. Many providers want an app password, which you "
        "make in your account there; some, such as Microsoft 365, let no program in with a password. "
        "Nothing was changed."
    )


class Origin(Protocol):
    def files(self) -> Sequence[File]:
        """All of them, in the order in which they are worth reading; those that can't be read have a reason.

        Raises Unreachable.
        """

    def given(self, file: File) -> AbstractContextManager[bytes | int]:
        """The bytes of one, or a descriptor of it. Raises walking.CannotRead, also at the end where it changed."""

    def digest(self, file: File) -> str:
        """By what it is seen that the content is the same; empty where that isn't known."""

    def filesystem(self) -> str:
        """Another one where another disk lies there now; empty where there are no disks. Raises Unreachable."""

    def require_there(self) -> None:
        """Asked when a file couldn't be read: whether only that is gone. Raises Unreachable where the place is."""
