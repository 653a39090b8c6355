"""Files that nobody can look into: encrypted ones, whose content is noise, and damaged ones."""

from collections.abc import Mapping

from bench.mess.formats.compound import compound
from bench.mess.formats.packed import encrypted_seven_zip, encrypted_zip
from bench.mess.formats.pdf import encrypted_pdf
from bench.mess.values import Dice

_BLOCKS = 4096
_KEPT = 0.6


def encrypted(dice: Dice) -> dict[str, bytes]:
    """By name. [MS-OFFCRYPTO] for the document and the workbook."""
    noise = dice.randbytes(_BLOCKS)
    office = compound(
        {"EncryptionInfo": b"\x04\x00\x04\x00\x40\x00\x00\x00" + _AGILE, "EncryptedPackage": noise}
    )
    return {
        "löner.zip": encrypted_zip("löner.csv", noise),
        "avtal.docx": office,
        "kunder.xlsx": office,
        "journal.pdf": encrypted_pdf(noise),
        "arkiv.7z": encrypted_seven_zip("arkiv.csv", noise),
    }


def damaged(dice: Dice, whole: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files that broke off or were overwritten in the middle, so that no reader gets through them."""
    broken = {}
    for name, content in whole.items():
        kept = content[: int(len(content) * _KEPT)]
        broken[name] = kept[:64] + dice.randbytes(max(len(kept) - 64, 512))
    return broken


_AGILE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData saltSize="16" blockSize="16"'
    b' keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    b' saltValue="AAAAAAAAAAAAAAAAAAAAAA=="/></encryption>'
)
