"""The settings of mail providers that small Nordic companies use; their own help pages have the last word."""

from dataclasses import dataclass

from tryggve.notices.models import Security


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider's server for outgoing mail, for a sign-in with the whole address and the mailbox's password."""

    name: str
    host: str
    port: int
    security: Security


PROVIDERS = (
    Provider("Microsoft 365", "smtp.office365.com", 587, Security.STARTTLS),
    Provider("Google Workspace, Gmail", "smtp.gmail.com", 587, Security.STARTTLS),
    Provider("One.com", "send.one.com", 465, Security.TLS),
    Provider("Simply.com", "smtp.simply.com", 587, Security.STARTTLS),
    Provider("Loopia", "mailcluster.loopia.se", 587, Security.STARTTLS),
    Provider("Domeneshop", "smtp.domeneshop.no", 587, Security.STARTTLS),
)
