"""OpenID Connect for the other doors of the house: what is asked of a provider, and what of its answer is proven.

For most cases use :func:`discovered`, :func:`question`, then :func:`code_in`, :func:`token_for` and :func:`claims_in`.
Whoever keeps such a door has it tried with ``other_doors.register``, by a :class:`Browser`.
"""

from tryggve.domains.access import client_keeping as clients
from tryggve.domains.access.client_form import PLAIN, ClientForm
from tryggve.domains.access.engine.id_tokens import claims_in, verified_email
from tryggve.domains.access.engine.openid import NotUsable, Trouble, code_in, discovery_of, question
from tryggve.domains.access.provider_calls import discovered, keys_of, token_for
from tryggve.domains.access.trials import other_doors
from tryggve.domains.access.trials.browser import Browser, Page
from tryggve.domains.access.trials.colleague import colleague
from tryggve.domains.access.words.provider import SENTENCES

__all__ = [
    "PLAIN",
    "SENTENCES",
    "Browser",
    "ClientForm",
    "NotUsable",
    "Page",
    "Trouble",
    "claims_in",
    "clients",
    "code_in",
    "colleague",
    "discovered",
    "discovery_of",
    "keys_of",
    "other_doors",
    "question",
    "token_for",
    "verified_email",
]
