"""What is held about somebody, in forms that other programs read: JSON-LD and CSV.

JSON-LD 1.1 (W3C, 2020) in the words of schema.org, with the W3C Data Privacy Vocabulary 2.3 for why it is held.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from tryggve.lib.formulas import may_be_formula

Right = Literal["access", "portability"]
Json = Mapping[str, Any]

_CARD = "customers.register"
_CONTEXT = {
    "schema": "https://schema.org/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
}
_ARTICLES: Mapping[Right, str] = {"access": "eu-gdpr:A15", "portability": "eu-gdpr:A20"}
# What schema.org calls what stands on a card.
_PROPERTIES = {
    "name": "schema:name",
    "emails": "schema:email",
    "phones": "schema:telephone",
    "job_title": "schema:jobTitle",
    "organisation": "schema:worksFor",
}
_OF_ADDRESS = {
    "street": "schema:streetAddress",
    "postcode": "schema:postalCode",
    "city": "schema:addressLocality",
    "country": "schema:addressCountry",
}
_BASIS = re.compile(r"GDPR art\. 6\(1\)\(([a-f])\)")
_COLUMNS = ("holding", "holding_title", "part", "since", "source", "code", "title", "content")


def as_json_ld(held: Json, *, firm: str, right: Right) -> bytes:
    """The document; ``held`` as ``privacy.Export.to_json`` gives it."""
    card = {value["code"]: value["content"] for value in _values_of(held, _CARD)}
    document = {
        "@context": _CONTEXT,
        "@id": f"urn:uuid:{held['subject']['id']}",
        "@type": [
            "schema:Organization" if card.get("kind") == "organisation" else "schema:Person",
            "dpv:DataSubject",
        ],
        **_described(card),
        "dpv:hasRight": {"@id": _ARTICLES[right]},
        "dpv:hasDataController": {"@type": "dpv:DataController", "schema:name": firm},
        "schema:dateCreated": held["made_at"],
        "dpv:hasPersonalData": [_holding(one) for one in held["held"] if one["parts"]],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def as_csv(held: Json) -> bytes:
    """A row for each thing that is known (RFC 4180, UTF-8 with its mark), guarded from formulas."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for row in _rows(held):
        writer.writerow([f"'{cell}" if may_be_formula(cell) else cell for cell in row])
    return out.getvalue().encode()


def as_text(content: Any) -> str:
    """What a value says, for people."""
    if isinstance(content, Mapping):
        return ", ".join(filter(None, map(as_text, content.values())))
    if isinstance(content, list | tuple):
        return "; ".join(map(as_text, content))
    return "" if content is None else str(content)


def _rows(held: Json) -> Iterator[list[str]]:
    for one in held["held"]:
        for part in one["parts"]:
            for value in part["values"]:
                yield [
                    one["code"], one["title"], part["title"], part["since"] or "", part["source"] or "",
                    value["code"], value["title"], as_text(value["content"]),
                ]  # fmt: skip


def _values_of(held: Json, holding: str) -> Iterator[Json]:
    for one in held["held"]:
        if one["code"] == holding:
            for part in one["parts"]:
                yield from part["values"]


def _described(card: Json) -> dict[str, Any]:
    """What schema.org has a word for."""
    said = {_PROPERTIES[code]: _plain(card[code]) for code in _PROPERTIES if card.get(code)}
    if "schema:worksFor" in said:
        said["schema:worksFor"] = {"@type": "schema:Organization", "schema:name": said["schema:worksFor"]}
    if card.get("addresses"):
        said["schema:address"] = [_address(one) for one in card["addresses"]]
    return said


def _address(address: Json) -> dict[str, Any]:
    told = {_OF_ADDRESS[name]: value for name, value in address.items() if value and name in _OF_ADDRESS}
    return {"@type": "schema:PostalAddress", **told}


def _plain(content: Any) -> Any:
    return list(content) if isinstance(content, list | tuple) else content


def _holding(one: Json) -> dict[str, Any]:
    found = _BASIS.fullmatch(one["legal_basis"])
    return {
        "@type": "dpv:PersonalData",
        "schema:identifier": one["code"],
        "schema:name": one["title"],
        **({"dpv:hasLegalBasis": {"@id": f"eu-gdpr:A6-1-{found[1]}"}} if found else {}),
        "dpv:hasStorageCondition": {
            "@type": "dpv:StorageCondition",
            "schema:description": one["kept_until"],
            "dpv:hasDuration": {"@type": "schema:Duration", "@value": one["kept_for"]},
        },
        "schema:hasPart": list(_parts(one["parts"])),
    }


def _parts(parts: Iterable[Json]) -> Iterator[dict[str, Any]]:
    for part in parts:
        yield {
            "@type": "schema:CreativeWork",
            "schema:name": part["title"],
            **({"schema:dateCreated": part["since"]} if part["since"] else {}),
            **({"dpv:hasDataSource": part["source"]} if part["source"] else {}),
            "schema:variableMeasured": [
                {
                    "@type": "schema:PropertyValue",
                    "schema:propertyID": value["code"],
                    "schema:name": value["title"],
                    "schema:value": _in_json(value["content"]),
                }
                for value in part["values"]
            ],
        }


def _in_json(content: Any) -> Any:
    """A nested value as text: JSON-LD would read its names as words of a vocabulary."""
    return content if isinstance(content, str | int | bool) or content is None else as_text(content)
