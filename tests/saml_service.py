"""A sign-in service that speaks SAML 2.0, and lies on demand."""

import base64
import html
import threading
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY = "https://idp.example.com/metadata"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_WRITTEN = "%Y-%m-%dT%H:%M:%SZ"
_METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{address}"/>
</md:IDPSSODescriptor></md:EntityDescriptor>"""
_ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0"
 IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject><saml:NameID Format="{format}">{subject}\
</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 NotOnOrAfter="{until}" Recipient="{recipient}" InResponseTo="{number}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction><saml:Audience>{audience}\
</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{now}">
<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password\
</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute
 Name="displayName"><saml:AttributeValue>Anna Annorlunda</saml:AttributeValue></saml:Attribute>\
</saml:AttributeStatement></saml:Assertion>"""
_RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0"
 IssueInstant="{now}" Destination="{recipient}" InResponseTo="{number}"><saml:Issuer
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode
 Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"""


class SamlService:
    """``said`` replaces what is true in its answers; ``own`` is where ours begins."""

    def __init__(self, own: str = "http://localhost:8000") -> None:
        self.key, self.certificate = _made()
        self.own = own
        self.subject = "anna-by-saml-0001"
        self.said: dict[str, str] = {}
        self.is_signed = True
        service = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_told: object) -> None:
                pass

            def do_GET(self) -> None:
                answer = html.escape(service.answer_to(service.number_in(self.path)))
                back = f"{service.own}/sign-in/saml/return/"
                page = (
                    f'<!doctype html><title>SAML</title><form method="post" action="{back}">'
                    f'<input type="hidden" name="SAMLResponse" value="{answer}"></form>'
                    "<script>document.forms[0].submit()</script>"
                )
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(page.encode())

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/sso"

    def describe(self, folder: Path) -> Path:
        """Its metadata, as a file."""
        body = "".join(self.certificate.splitlines()[1:-1])
        file = folder / "metadata.xml"
        file.write_text(_METADATA.format(entity=ENTITY, certificate=body, address=self.address))
        return file

    @staticmethod
    def number_in(address: str) -> str:
        """The number of the question in an address."""
        packed = base64.b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0])
        return str(ElementTree.fromstring(zlib.decompress(packed, -15)).attrib["ID"])  # noqa: S314 - our own

    def answer_to(self, number: str) -> str:
        """The answer as a form carries it."""
        facts = self._facts(number)
        assertion = _ASSERTION.format(**facts).replace("\n", "")
        if self.is_signed:
            assertion = OneLogin_Saml2_Utils.add_sign(assertion, self.key, self.certificate).decode()
        response = _RESPONSE.format(assertion=assertion, **facts)
        for real, false in self._changed_afterwards().items():
            response = response.replace(real, false)
        return base64.b64encode(response.encode()).decode()

    def _changed_afterwards(self) -> Mapping[str, str]:
        return {self.subject: self.said["forged"]} if "forged" in self.said else {}

    def _facts(self, number: str) -> dict[str, str]:
        now = datetime.now(UTC)
        return {
            "now": now.strftime(_WRITTEN),
            "since": (now - timedelta(minutes=1)).strftime(_WRITTEN),
            "until": (now + timedelta(minutes=5)).strftime(_WRITTEN),
            "issuer": ENTITY, "format": PERSISTENT, "subject": self.subject, "number": number,
            "recipient": f"{self.own}/sign-in/saml/return/", "audience": f"{self.own}/sign-in/saml/",
            **self.said,
        }  # fmt: skip


def _made() -> tuple[str, str]:
    """A key and a certificate for it, as text."""
    key, now = rsa.generate_private_key(65_537, 2048), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Made-up service")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    shape = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, *shape).decode()
    return private, certificate.public_bytes(serialization.Encoding.PEM).decode()
