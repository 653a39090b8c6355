from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Trouble(TextChoices):
    """Why a message didn't leave: a code for the row; its label says what happened and what to do."""

    UNKNOWN_HOST = (
        "unknown-host",
        _(
            "There is no server by that name. Check how the server's name is spelt, and that this computer is online."
        ),
    )
    NOBODY_THERE = (
        "nobody-there",
        _("The computer by that name takes no mail at that port. Check the port: 587 or 465 is usual."),
    )
    UNREACHABLE = (
        "unreachable",
        _(
            "The mail server can't be reached. Check that this computer is online and that no firewall is in the way."
        ),
    )
    NO_ANSWER = (
        "no-answer",
        _(
            "The server did not answer in time. Check that port and encryption belong together: 587 with STARTTLS, 465 "
            "with TLS. Some networks let no mail through on one of them; try the other."
        ),
    )
    HUNG_UP = (
        "hung-up",
        _(
            "The server ended the conversation. Check that port and encryption belong together: 587 with STARTTLS, "
            "465 with TLS."
        ),
    )
    NO_ENCRYPTION = (
        "no-encryption",
        _(
            "The server doesn't encrypt at that port, so the password was not sent. Choose port 465 with TLS, or ask "
            "your mail provider."
        ),
    )
    CERTIFICATE = (
        "certificate",
        _(
            "The server's certificate doesn't hold, so nothing was sent. Write the server's name exactly as your mail "
            "provider does; if it is right, ask the provider."
        ),
    )
    WRONG_PASSWORD = (
        "wrong-password",
        _(
            "The server doesn't accept the user name or the password. Type both again. Google wants an app password; "
            "with Microsoft 365 sign-in by SMTP must be switched on for the mailbox."
        ),
    )
    NO_SIGN_IN = (
        "no-sign-in",
        _(
            "The server doesn't ask for a user name at that port. Try port 587, or leave the user name empty if it is "
            "your own server."
        ),
    )
    SENDER_REFUSED = (
        "sender-refused",
        _(
            "The server doesn't let this user send from that sender address. Use the address of the mailbox that you "
            "sign in with."
        ),
    )
    RECIPIENT_REFUSED = (
        "recipient-refused",
        _("The server doesn't take mail to this address. Check the person's address."),
    )
    MESSAGE_REFUSED = (
        "message-refused",
        _("The server read the message and refused it. Ask your mail provider why, and try again."),
    )
    BUSY = (
        "busy",
        _("The server asks to come back later. Tryggve tries again by itself."),
    )
    INTERRUPTED = (
        "interrupted",
        _("Tryggve was stopped while it sent this. It is sent again, and may arrive twice."),
    )
    RESTORED = (
        "restored",
        _(
            "It waited in the backup that was put back, and may have been sent since that was made. Send it if the "
            "person hasn't got it, or throw it away."
        ),
    )
    NOT_VOUCHED = (
        "not-vouched",
        _(
            "Whoever reads this message can come in with it, and the mail settings were changed by somebody who may "
            "not invite. It waits until somebody who may has looked at them and saved them."
        ),
    )
    KEY_MISSING = (
        "key-missing",
        _(
            "The service key can't be used, so the message can't be opened. The page about keys says what to do."
        ),
    )
    LOCKED = (
        "locked",
        _("Messages to customers are locked with the register. It is sent when somebody has unlocked that."),
    )
    UNREADABLE = (
        "unreadable",
        _("The message is damaged and can't be opened. Throw it away."),
    )


def in_words(code: str, reply: int | None) -> str:
    """The sentence of a code, with the server's answer for whoever knows such; empty for a code that is none."""
    if code not in Trouble.values:
        return ""
    sentence = str(Trouble(code).label)
    answer = gettext("(The server answered %(code)s.)") % {"code": reply} if reply else ""
    return f"{sentence} {answer}".strip()


# Nothing was tried: it waits for somebody to unlock the register, however long that takes.
BEFORE_TRYING = frozenset({Trouble.LOCKED, Trouble.KEY_MISSING})
# Trying again changes nothing; the others are tried for three days.
PERMANENT = frozenset({Trouble.RECIPIENT_REFUSED, Trouble.MESSAGE_REFUSED, Trouble.UNREADABLE})
