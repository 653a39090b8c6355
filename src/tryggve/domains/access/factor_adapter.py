from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter

from tryggve import vault
from tryggve.accounts.models import User

_PURPOSE = "second factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Where allauth's second factors meet us: what they must keep secret is sealed under the service key."""

    def encrypt(self, text: str) -> str:
        """Raises vault.Locked without a service key."""
        return vault.seal_for_service(_PURPOSE, text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises vault.Locked without a service key, and vault.CannotOpen."""
        return vault.open_for_service(_PURPOSE, bytes.fromhex(encrypted_text)).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the name that stands in the browser's address bar, whichever port follows it."""
        return {"id": context.request.get_host().partition(":")[0], "name": "Tryggve"}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, object]:
        """What the browser keeps with a passkey, and shows when there are several."""
        return {"id": user.pk.hex.encode(), "name": user.email, "display_name": user.name}
