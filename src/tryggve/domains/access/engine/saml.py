"""Questions and answers of SAML 2.0 (Web Browser SSO profile), by python3-saml, which is an extra.

Runs in a sealed-off child alone: XML from elsewhere is parsed here, and nothing else of the product is within reach.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import onelogin.saml2
from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

_SCHEMAS = Path(onelogin.saml2.__file__).parent / "schemas"
_USED = ("saml-schema-protocol-2.0.xsd", "saml-schema-metadata-2.0.xsd")
# A name that lasts; others are made anew for each visit, so that nobody could be known by them again.
_LASTING = {
    OneLogin_Saml2_Constants.NAMEID_PERSISTENT,
    OneLogin_Saml2_Constants.NAMEID_EMAIL_ADDRESS,
    OneLogin_Saml2_Constants.NAMEID_UNSPECIFIED,
}
_STRICT = {
    "authnRequestsSigned": False,
    "wantAssertionsSigned": True,
    "wantNameId": True,
    "wantAttributeStatement": False,
    "rejectDeprecatedAlgorithm": True,
    "requestedAuthnContext": False,
    "allowSingleLabelDomains": True,
}
_loaded: dict[str, etree.XMLSchema] = {}


def rehearse() -> None:
    """Load what python3-saml would load late: the schemas, which it reads again for every answer."""
    for name in _USED:
        _loaded[name] = etree.XMLSchema(etree.parse(str(_SCHEMAS / name)))
    OneLogin_Saml2_XML.validate_xml = staticmethod(_validated)
    OneLogin_Saml2_Utils.parse_SAML_to_time("2026-03-02T08:00:00Z")


def asked(stream: IO[bytes]) -> Iterator[object]:
    """``[entity id, address]`` of the service in its metadata; or the question; or who answered, or a reason.

    The stream is JSON: ``do`` (describe, question, answer), ``metadata``, ``own`` (our entity id), ``back``, and for
    an answer ``answer``.
    """
    job: Mapping[str, str] = json.load(stream)
    yield _DEEDS[job["do"]](job)


def _describe(job: Mapping[str, str]) -> object:
    idp = _settings(job)["idp"]
    return [idp["entityId"], idp["singleSignOnService"]["url"]]


def _question(job: Mapping[str, str]) -> object:
    auth = OneLogin_Saml2_Auth(_request(job), _settings(job))
    return [auth.login(return_to=""), auth.get_last_request_id()]


def _answer(job: Mapping[str, str]) -> object:
    auth = OneLogin_Saml2_Auth(
        {**_request(job), "post_data": {"SAMLResponse": job["answer"]}}, _settings(job)
    )
    auth.process_response()
    if auth.get_errors() or not auth.is_authenticated():
        return ["refused"]
    if auth.get_nameid_format() not in _LASTING or not auth.get_last_response_in_response_to():
        return ["nobody"]
    return ["who", auth.get_nameid(), auth.get_last_response_in_response_to()]


def _request(job: Mapping[str, str]) -> dict[str, Any]:
    """What the library takes for the request: our own address, never what the browser called it."""
    scheme, _colon, rest = job["back"].partition("://")
    host, _slash, path = rest.partition("/")
    return {
        "https": "on" if scheme == "https" else "off",
        "http_host": host,
        "script_name": f"/{path}",
        "get_data": {},
        "post_data": {},
    }


def _settings(job: Mapping[str, str]) -> dict[str, Any]:
    own = {
        "entityId": job["own"],
        "assertionConsumerService": {
            "url": job["back"],
            "binding": OneLogin_Saml2_Constants.BINDING_HTTP_POST,
        },
        "NameIDFormat": OneLogin_Saml2_Constants.NAMEID_PERSISTENT,
    }
    found: dict[str, Any] = OneLogin_Saml2_IdPMetadataParser.parse(job["metadata"])
    return {"strict": True, "idp": found["idp"], "sp": own, "security": _STRICT}


def _validated(xml: object, schema: str, debug: bool = False) -> object:
    try:
        tree = OneLogin_Saml2_XML.to_etree(xml)
    except Exception:  # noqa: BLE001 - as the library does
        return "unloaded_xml"
    return tree if _loaded[schema].validate(tree) else "invalid_xml"


_DEEDS: Mapping[str, Callable[[Mapping[str, str]], object]] = {
    "describe": _describe,
    "question": _question,
    "answer": _answer,
}
