from tryggve import vault
from tryggve.notices import services, smtp
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.notices.recipients import Recipient
from tryggve.notices.registry import Kind
from tryggve.notices.troubles import Trouble

State = OutboxMessage.State


def the_mail_server() -> MailServer | None:
    """The settings as they are kept, with the password sealed; None when there are none."""
    return MailServer.objects.filter(pk=1).first()


def opened_mail_server() -> smtp.Server | None:
    """The settings with the password open. Raises vault.Locked and vault.CannotOpen."""
    row = the_mail_server()
    if row is None:
        return None
    sealed = row.password_sealed
    return smtp.Server(
        host=row.host,
        port=row.port,
        security=row.security,
        username=row.username,
        password=vault.open_for_service(services.PASSWORD_PURPOSE, bytes(sealed)).decode() if sealed else "",
        sender_address=row.sender_address,
        sender_name=row.sender_name,
        is_vouched=row.is_vouched,
    )


def usable_mail_server() -> smtp.Server | None:
    """The same; raises smtp.NotSent where the password can't be opened: it lacks the key, or has to be typed again."""
    try:
        return opened_mail_server()
    except vault.Locked:
        raise smtp.NotSent(Trouble.KEY_MISSING) from None
    except vault.CannotOpen:
        raise smtp.NotSent(Trouble.WRONG_PASSWORD) from None


def is_one_waiting(*, kind: Kind, to: Recipient) -> bool:
    """Whether a message of that kind to that person hasn't left yet and is still tried."""
    waiting = OutboxMessage.objects.filter(state__in=(State.WAITING, State.SENDING))
    return waiting.filter(kind=kind.code, recipient_ref=to.ref).exists()
