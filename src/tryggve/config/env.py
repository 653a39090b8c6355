import importlib.util
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path

from tryggve.lib.errors import Refusal
from tryggve.lib.language import early_words

_ = early_words()

_ORIGIN = re.compile(
    r"https://[a-z0-9.-]+(:[0-9]{1,5})?|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?"
)

KNOWN = {
    "TRYGGVE_DATA": "the folder with the data",
    "TRYGGVE_CONFIG": "the folder with the keys",
    "TRYGGVE_ORIGIN": "where people reach this installation, such as https://tryggve.example.se",
    "TRYGGVE_TRUSTED_PROXIES": "addresses of the proxies in front, whose word is believed about who comes",
    "TRYGGVE_SAML": "the description (metadata) of the sign-in service that speaks SAML, a file",
    "TRYGGVE_KEEPER_FD": "set by up for its children",
    "TRYGGVE_PARENT_FD": "set by up for its children",
    "TRYGGVE_RUN": "set by up for its children",
    "TRYGGVE_TEST_DATABASE": "sqlite or postgresql, read by the tests",
}


class UnknownSetting(Refusal):
    """The environment names a setting that there isn't."""


class NotAnOrigin(Refusal):
    """TRYGGVE_ORIGIN is no address that links could begin with."""


class NotAProxy(Refusal):
    """TRYGGVE_TRUSTED_PROXIES holds something that is no address."""


class NoSaml(Refusal):
    """TRYGGVE_SAML is set, and what it takes isn't there."""


def refuse_unknown(environment: Mapping[str, str] = os.environ) -> None:
    """A misspelt setting must not be passed over in silence. Raises UnknownSetting."""
    unknown = sorted(name for name in environment if name.startswith("TRYGGVE_") and name not in KNOWN)
    if unknown:
        raise UnknownSetting(
            _(
                "The environment holds settings that Tryggve doesn't have: %(names)s. Nothing was started. "
                "Look for a misspelling, or take them away."
            )
            % {"names": ", ".join(unknown)}
        )


def origin(environment: Mapping[str, str] = os.environ) -> str:
    """Where people reach this installation (RFC 6454 §4), without a slash; empty when nobody said. Raises NotAnOrigin.

    Anything but this computer itself must be encrypted.
    """
    told = environment.get("TRYGGVE_ORIGIN", "").rstrip("/").lower()
    if told and not _ORIGIN.fullmatch(told):
        raise NotAnOrigin(
            _(
                "TRYGGVE_ORIGIN is no address that people can reach Tryggve at. Nothing was started. Write it as in "
                "https://tryggve.example.se: no path, and encrypted (https) unless it is localhost."
            )
        )
    return told


def trusted_proxies(
    environment: Mapping[str, str] = os.environ,
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Addresses or networks (CIDR), with commas between, of proxies that are believed. Raises NotAProxy."""
    told = environment.get("TRYGGVE_TRUSTED_PROXIES", "").replace(",", " ").split()
    try:
        return tuple(ipaddress.ip_network(one) for one in told)
    except ValueError as cause:
        raise NotAProxy(
            _(
                "TRYGGVE_TRUSTED_PROXIES holds something that is no address of a proxy. Nothing was started. Write "
                "addresses or networks with commas between, as in 127.0.0.1, 10.0.0.0/8."
            )
        ) from cause


def saml_metadata(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file that describes the sign-in service for SAML; None where it isn't switched on. Raises NoSaml."""
    told = environment.get("TRYGGVE_SAML", "")
    if not told:
        return None
    if importlib.util.find_spec("onelogin") is None:
        raise NoSaml(
            _(
                "TRYGGVE_SAML is set, but what signing in by SAML takes is not installed. Nothing was started. "
                "Install Tryggve with it (tryggve[saml]), or take the setting away."
            )
        )
    if not Path(told).is_file():
        raise NoSaml(_("TRYGGVE_SAML names no file that could be read. Nothing was started."))
    return Path(told)
