"""A notice as it was published: what it said, and the details and purposes that it was made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tryggve.domains.rights.engine import purposes as told
from tryggve.domains.rights.engine.papers import paper as papers
from tryggve.domains.rights.engine.papers.paper import Paper
from tryggve.domains.rights.engine.purposes import Controller, Purpose


class UnreadableNotice(ValueError):
    """What is kept of a notice has another shape than one has."""


@dataclass(frozen=True, slots=True)
class Content:
    """``purposes`` are told in the notice's language."""

    paper: Paper
    controller: Controller
    purposes: tuple[Purpose, ...]


def to_document(content: Content) -> dict[str, Any]:
    """The same as JSON has it."""
    return {
        "paper": papers.to_document(content.paper),
        "controller": told.to_document(content.controller),
        "purposes": [
            {
                "code": one.code,
                "facts": told.to_document(one.facts),
                "words": told.to_document(one.words),
            }
            for one in content.purposes
        ],
    }


def from_document(document: Mapping[str, Any]) -> Content:
    """Raises UnreadableNotice."""
    try:
        return Content(
            paper=papers.from_document(document["paper"]),
            controller=Controller(**document["controller"]),
            purposes=tuple(_purposes(document["purposes"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableNotice(str(error)) from error


def _purposes(documents: Sequence[Mapping[str, Any]]) -> list[Purpose]:
    return [
        Purpose(one["code"], told.facts_from(one["facts"]), told.words_from(one["words"]))
        for one in documents
    ]
