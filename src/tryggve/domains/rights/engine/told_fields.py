from collections.abc import Mapping

from tryggve.domains.rights.engine.papers.paper import Kind
from tryggve.domains.rights.engine.papers.phrases import Phrases
from tryggve.domains.rights.engine.purposes import Facts, Purpose, Receiver

_OF_NOTICE = frozenset({"special", "required", "automated"})
_OF_RECORD = frozenset({"persons"})


def told_fields(purpose: Purpose, *, kind: Kind, phrases: Phrases) -> Mapping[str, str]:
    """What a document of the kind says of a purpose, by field, in words that can be set against each other."""
    left_out = _OF_RECORD if kind == "notice" else _OF_NOTICE
    told = {**_of_words(purpose, phrases), **_of_facts(purpose.facts, phrases)}
    return {field: text for field, text in told.items() if field not in left_out}


def _of_words(purpose: Purpose, phrases: Phrases) -> dict[str, str]:
    words, facts = purpose.words, purpose.facts
    required = phrases.say(f"notice.required.{facts.required}")
    return {
        "name": words.name,
        "description": words.description,
        "interest": words.interest if facts.legal_basis == "f" else "",
        "special": words.special if facts.special_basis else "",
        "retention": f"{phrases.time_of(purpose)}. {words.keeping}",
        "required": f"{required} {words.consequence}",
        "automated": words.automated,
    }


def _of_facts(facts: Facts, phrases: Phrases) -> dict[str, str]:
    return {
        "legal_basis": phrases.word("legal_bases", facts.legal_basis),
        "law": phrases.word("laws", facts.law) if facts.legal_basis == "c" else "",
        "special_basis": phrases.word("special_bases", facts.special_basis),
        "persons": phrases.named("persons", facts.persons),
        "data": phrases.named("data", facts.data),
        "recipients": phrases.listed(_recipient(one, phrases) for one in facts.recipients),
        "transfers": phrases.listed(_transfer(one, phrases) for one in facts.transfers),
        "sources": phrases.named("sources", facts.sources),
    }


def _recipient(receiver: Receiver, phrases: Phrases) -> str:
    name = phrases.word("recipients", receiver.name)
    return phrases.bare("record.purposes.processor", name=name) if receiver.processor else name


def _transfer(receiver: Receiver, phrases: Phrases) -> str:
    name, country = phrases.word("recipients", receiver.name), phrases.word("countries", receiver.country)
    safeguard = phrases.word("safeguards", receiver.safeguard)
    return phrases.bare("record.purposes.transfer", recipient=name, country=country, safeguard=safeguard)
