"""Why the log isn't signed, or its key isn't replaced."""

from django.utils.translation import gettext_lazy

from tryggve.lib.errors import Refusal


class SigningKeyLost(Refusal):
    """The key was made once and is gone; another would hide from readers that the log may be another, too."""

    sentence = gettext_lazy(
        "The key that signs the audit log, the file «audit/signing-key» below the data folder, is missing, but "
        "this log was signed before. No other key was made, and nothing was changed. Put the file back from a "
        "copy. If you have none, keep a copy of the whole data folder and find out who was at it. Then «./tryggve "
        "audit new-signing-key» makes another key, and the log will tell for ever that you did."
    )


class SigningKeyUnreadable(Refusal):
    """The key lies there and can't be opened."""

    sentence = gettext_lazy(
        "The key that signs the audit log, the file «audit/signing-key» below the data folder, is damaged or was "
        "made for another installation. Nothing was changed. Put the file back from a copy. If you have none, "
        "keep a copy of the whole data folder; then «./tryggve audit new-signing-key» makes another key, and the "
        "log will tell for ever that you did."
    )


class KeyAtHand(Refusal):
    """Only a lost key is replaced."""

    sentence = gettext_lazy(
        "The key that signs the audit log is there and works. Nothing was changed. Only a lost key is replaced: "
        "each new one makes it harder for others to know that the log is yours."
    )


class NoKeyYet(Refusal):
    """Nothing was ever signed."""

    sentence = gettext_lazy(
        "The audit log was never signed, so no key can have been lost. Nothing was changed. The first checkpoint "
        "makes one."
    )


class KeyListMissing(Refusal):
    """The public keys of the log are gone, too."""

    sentence = gettext_lazy(
        "The file «audit/key» below the data folder is missing: it lists the keys that have signed the log, and "
        "without it nobody could check older checkpoints. Nothing was changed. Put it back from a copy; every "
        "export of the log holds one, too."
    )
