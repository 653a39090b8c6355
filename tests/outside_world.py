"""The net as the real program sees it, on this computer: a name service, a web, and whoever signs its certificates."""

import base64
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.program import Program
from tools import tree
from tryggve.domains.exposure.tests import web_server
from tryggve.domains.exposure.tests.authority import Authority
from tryggve.domains.exposure.tests.name_server import NameServer
from tryggve.domains.exposure.tests.web_server import Websites

DOMAIN = "annas.se"
DMARC = f"_dmarc.{DOMAIN} TXT"
END_OF_FALSE_MAIL = '"v=DMARC1; p=reject; rua=mailto:dmarc@annas.se"'
_PATIENCE = 60.0
# Python reads it when it starts. The product has no such setting for people to find.
_SITE = """
from django.conf import global_settings
from tryggve.domains.exposure.asking.reach import Reach
global_settings.EXPOSURE_REACH = Reach(True, {http}, {https}, {authority!r}, {patience}, {patience})
"""
_ASK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "tryggve.config.settings"
import django
django.setup()
from tryggve.domains.exposure.models import Resolver
Resolver.objects.create(address={address!r}, port={port}, rank=0)
"""


class OutsideWorld:
    """Within ``with``: Anna's mail and website are in order, but nobody is told what to do with false mail.

    ``names`` and ``websites`` may be changed at any time.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="tryggve-world-"))
        self._folder.chmod(0o755)  # the program is run by somebody else
        self._authority = Authority(self._folder)
        self.names = NameServer(_records())
        self.websites = Websites(self._authority.context(DOMAIN, f"*.{DOMAIN}"))
        self.websites.pages[f"{DOMAIN}/"] = web_server.page()
        self.websites.open_pages[f"{DOMAIN}/"] = web_server.moved(f"https://{DOMAIN}/")

    def __enter__(self) -> Self:
        self.names.__enter__()
        self.websites.__enter__()
        reach = {"http": self.websites.http, "https": self.websites.https, "patience": _PATIENCE}
        (self._folder / "sitecustomize.py").write_text(
            _SITE.format(**reach, authority=str(self._authority.file)), encoding="ascii"
        )
        return self

    def __exit__(self, *_error: object) -> None:
        self.websites.__exit__()
        self.names.__exit__()
        shutil.rmtree(self._folder, ignore_errors=True)

    def program(self, *, language: str) -> Program:
        """A new one, which reaches this web; ``be_asked`` once it has started."""
        path = os.pathsep.join([str(self._folder), str(tree.PACKAGE.parent)])
        return Program(
            language=language, command=("env", f"PYTHONPATH={path}", sys.executable, "-m", "tryggve")
        )

    def be_asked(self, by: Program) -> None:
        """Be the name service of its computer, as somebody else's is of theirs."""
        server = self.names.server
        by.run_python(_ASK.format(address=server.address, port=server.port))


def _records() -> dict[str, list[str]]:
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    return {
        f"{DOMAIN} NS": ["ns1.loopia.se."],
        f"{DOMAIN} A": ["127.0.0.1"],
        f"{DOMAIN} MX": [f"10 mx.{DOMAIN}."],
        f"{DOMAIN} TXT": ['"v=spf1 mx -all"'],
        f"default._domainkey.{DOMAIN} TXT": [f'"v=DKIM1; k=ed25519; p={base64.b64encode(key).decode()}"'],
    }
