from django.utils.translation import gettext_lazy as _

from tryggve.audit.registry import declare

EPOCH_OPENED = declare(
    "audit.epoch-opened",
    _("A new part of the log was begun"),
    epoch=int,
    reason=str,
    installation=str,
    previous_epoch=int,
    previous_size=int,
    previous_root=str,
    known_size=int,
    known_root=str,
    lost_from=int,
    lost_to=int,
)
SIGNING_KEY_MADE = declare(
    "audit.signing-key-made", _("A key that signs the log's checkpoints was made"), key=str
)
SIGNING_KEY_REPLACED = declare(
    "audit.signing-key-replaced",
    _("The lost key that signs the log's checkpoints was replaced by a new one"),
    key=str,
    previous_key=str,
)
VERIFIED = declare("audit.verified", _("The log was verified"), ok=bool, entries=int, why=str, epoch=int)
