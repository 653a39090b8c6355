from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tryggve import vault
from tryggve.accounts import sign_ins, staff_keys
from tryggve.audit import checkpoints, nightly, sequencer
from tryggve.domains.access.services import checkpoints as checkpoint_services
from tryggve.domains.access.services import invitations
from tryggve.routines.registry import routine

vault.owner("access")(staff_keys.ids_in_use)


@routine("access.clear-sessions", title=_("Forget sessions that have ended"), every=timedelta(days=1))
def clear_sessions(now: datetime) -> None:
    sign_ins.forget_ended(now=now, older_than=timedelta(days=30))


@routine(
    "access.forget-invitations",
    title=_("Forget invitations that ended a month ago"),
    every=timedelta(days=1),
)
def forget_invitations(now: datetime) -> None:
    invitations.forget_ended(now=now)


@routine("access.sequence-log", title=_("Give each entry of the log its place"), every=timedelta(minutes=1))
def sequence_log(now: datetime) -> None:
    sequencer.sequence(now=now)


@routine("access.sign-checkpoint", title=_("Sign how far the log has come"), every=timedelta(hours=1))
def sign_checkpoint(now: datetime) -> None:
    checkpoints.sign(now=now)


@routine("access.verify-log", title=_("Verify the log"), every=timedelta(days=1))
def verify_log(now: datetime) -> None:
    nightly.verify(now=now)


@routine(
    "access.leave-checkpoint",
    title=_("Leave the proof of the log in the chosen folder"),
    every=timedelta(minutes=10),
)
def leave_checkpoint(now: datetime) -> None:
    checkpoint_services.leave_newest(at=now)


@routine("access.mail-checkpoint", title=_("Mail the proof of the log"), every=timedelta(days=1))
def mail_checkpoint(now: datetime) -> None:
    checkpoint_services.mail_newest(at=now)
