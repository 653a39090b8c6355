"""A mailing sent to oneself, at once, to see what customers will."""

from datetime import datetime
from uuid import UUID

from tryggve.accounts.models import User
from tryggve.audit import services as audit
from tryggve.domains.outreach import actions, mail_bodies, mailing_words
from tryggve.domains.outreach.models import Mailing
from tryggve.domains.outreach.selectors import mailings
from tryggve.domains.outreach.services.starting import NoMailServer
from tryggve.lib.ids import new_id
from tryggve.notices import selectors as notices
from tryggve.notices import smtp
from tryggve.notices.smtp import NotSent
from tryggve.ui import own_address

_SENT = "sent"


def send_test(*, mailing: UUID, to: User, actor: str, at: datetime) -> NotSent | None:
    """Send it to whoever asks; why it didn't leave.

    The way to say no in it leads to a page that says that the link doesn't work: there is nothing to say no to. Raises
    NoSuchMailing, NoMailServer, own_address.NotReached, and vault.Locked where what it says can't be read.
    """
    own_address.require_reached()
    row = mailings.one_mailing(mailing)
    refusal = None
    try:
        _try(row, to, at)
    except NotSent as why:
        refusal = why
    outcome = str(refusal.trouble) if refusal else _SENT
    audit.record(actions.TESTED, actor=actor, at=at, mailing=str(mailing), outcome=outcome)
    return refusal


def _try(row: Mailing, to: User, at: datetime) -> None:
    server = notices.usable_mail_server()
    if server is None:
        raise NoMailServer
    words = mailing_words.opened(row.words_sealed, row.pk)
    stop = own_address.link_to("portal:withdraw", "test")
    made = mail_bodies.body(
        words, mail_bodies.frame_of(row.purpose_ref, row.language), stop=stop, is_test=True
    )
    smtp.hand_over(server, made.letter(to.email), message=new_id(), made_at=at, dress=made.dress)
