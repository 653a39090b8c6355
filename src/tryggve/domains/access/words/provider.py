"""What is wrong with another company's sign-in, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from tryggve.domains.access.engine.openid import Trouble

_FALSE = _(
    "What came back from the sign-in service doesn't hold, so nobody was signed in. Try once more from the sign-in "
    "page. If it happens again, tell whoever looks after security in your company."
)

SENTENCES: Mapping[Trouble, StrOrPromise] = {
    Trouble.UNREACHABLE: _(
        "The sign-in service doesn't answer. Look for a misspelling in its address, and whether this computer is on "
        "the internet."
    ),
    Trouble.CERTIFICATE: _(
        "The sign-in service could not prove that it is the right one: its certificate isn't valid. Nothing was sent "
        "to it."
    ),
    Trouble.TOO_SLOW: _("The sign-in service took too long to answer. Try again in a while."),
    Trouble.REDIRECTED: _(
        "The sign-in service sends on to another address, which Tryggve doesn't follow. Write the address that it says "
        "itself (the issuer)."
    ),
    Trouble.NOT_FOUND: _(
        "At this address there is no sign-in service that describes itself (OpenID Connect). Compare the address with "
        "what your provider says."
    ),
    Trouble.NOT_READABLE: _("The sign-in service answered with something that can't be read."),
    Trouble.NOT_ENCRYPTED: _(
        "The address must begin with https, or others on the network could sign in as anybody."
    ),
    Trouble.INCOMPLETE: _("The address, or what the sign-in service says of itself, is not complete."),
    Trouble.OTHER_ISSUER: _(
        "The sign-in service says that it has another address (issuer) than the one that is written here. It must be "
        "the same to the letter; at Microsoft with your own directory's id, not «common»."
    ),
    Trouble.NO_PKCE: _(
        "The sign-in service doesn't support the protection of the code on its way (PKCE with S256), so it can't be "
        "used."
    ),
    Trouble.WRONG_SECRET: _(
        "The sign-in service refused Tryggve: the client id or the client secret is wrong, or the secret has run out. "
        "Nobody was signed in. Sign in with your password, and have a new secret made."
    ),
    Trouble.CANCELLED: _("You broke off at the sign-in service. Nobody was signed in."),
    Trouble.REFUSED: _(
        "The sign-in service refused. Nobody was signed in. Sign in with your password, and ask whoever looks after "
        "the service."
    ),
    Trouble.NOT_ASKED: _(
        "Tryggve didn't ask for this sign-in, or too long ago, or it was used before. Nobody was signed in. Begin anew "
        "on the sign-in page."
    ),
    Trouble.CODE: _FALSE,
    Trouble.ALGORITHM: _FALSE,
    Trouble.KEY: _FALSE,
    Trouble.ISSUER: _FALSE,
    Trouble.AUDIENCE: _FALSE,
    Trouble.EXPIRED: _(
        "What came back from the sign-in service has run out. Nobody was signed in. Begin anew on the sign-in page; if "
        "it happens again, the clock of this computer may be wrong."
    ),
    Trouble.NONCE: _FALSE,
    Trouble.SUBJECT: _FALSE,
}
