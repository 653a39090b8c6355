from tryggve import vault
from tryggve.notices import services, smtp
from tryggve.notices.models import MailServer, OutboxMessage
from tryggve.notices.recipients import Recipient
from tryggve.notices.registry import Kind

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


def is_one_waiting(*, kind: Kind, to: Recipient) -> bool:
    """Whether a message of that kind to that person hasn't left yet and is still tried."""
    waiting = OutboxMessage.objects.filter(state__in=(State.WAITING, State.SENDING))
    return waiting.filter(kind=kind.code, recipient_ref=to.ref).exists()
