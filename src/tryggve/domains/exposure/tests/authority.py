"""A made-up authority that signs for any name and any time."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Authority:
    """Its own certificate is in ``file``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("Made-up authority")
        self.file = folder / "authority.pem"
        now = datetime.now(UTC)
        certificate = _begun(
            self._name, self._name, self._key, now - timedelta(days=400), now + timedelta(days=400)
        )
        signed = certificate.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.file.write_bytes(
            signed.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )

    def context(
        self, *names: str, begins: timedelta = timedelta(days=-30), ends: timedelta = timedelta(days=60)
    ) -> ssl.SSLContext:
        """What a server shows that goes by these names; the times are from now."""
        now = datetime.now(UTC)
        key = ec.generate_private_key(ec.SECP256R1())
        told = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
        begun = _begun(_named(names[0]), self._name, key, now + begins, now + ends)
        signed = begun.add_extension(told, critical=False).sign(self._key, hashes.SHA256())
        file = self._folder / f"{x509.random_serial_number()}.pem"
        file.write_bytes(_private(key) + signed.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
    )
