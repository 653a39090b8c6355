"""Names of persons in a text: known ones at a look, others by a recogniser, where it may find some."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from tryggve.domains.datamap.engine import overlaps, spans
from tryggve.domains.datamap.engine.names import beside, blocks, known, languages, listed, recogniser, tagged
from tryggve.domains.datamap.engine.names.blocks import Stretch
from tryggve.domains.datamap.engine.names.capitals import Capitals, capitals_in
from tryggve.domains.datamap.engine.names.known import EVERYDAY, LAST
from tryggve.domains.datamap.engine.names.recogniser import Recogniser
from tryggve.domains.datamap.engine.names.register import OwnRegister
from tryggve.domains.datamap.engine.spans import Codes, Mask, Places, Spans
from tryggve.domains.datamap.engine.text import Text

_TITLES: Final = np.frombuffer(b" dr dr.  hr hr. fru err fr. ", np.dtype("<u4"))


def persons_in(
    text: Text,
    where: Spans | None = None,
    *,
    own: OwnRegister | None = None,
    asked: Recogniser | None = None,
    by_lists_only: bool = False,
) -> Spans:
    """LOW alone, MEDIUM where first and last name are known, HIGH within 200 bytes of another sign of a person.

    ``where``: what else was found in the text. ``own``: the firm's names. ``by_lists_only``: for tables, and where
    speed counts more than names that are on no list. ``asked``: another recogniser than the one that is shipped.
    """
    signs = beside.signs_of_persons(where)
    words = capitals_in(text.content)
    bits = known.shipped().of(words.key)
    lists = blocks.lists_among(np.concatenate((words.start[listed.is_first_name(bits)], signs.start)))
    places = np.union1d(words.start[_may_belong_to_a_name(words, bits)], signs.start)
    stretches = [] if by_lists_only else _worth_asking(words.content, places, lists)
    found = [listed.names_in(words, bits, ~_are_inside(words.start, *_columns(stretches)))]
    if own is not None:
        found.append(own.names_in(words))
    if stretches:
        asked = asked or (own.recogniser if own is not None else recogniser.shipped())
        found += _by_recogniser(words, stretches, lists, asked)
    return beside.surer(overlaps.resolved(spans.together(found)), signs)


def _worth_asking(content: bytes, places: Places, lists: Mask) -> list[Stretch]:
    """What lies around the places; neither lists, nor tables, nor English."""
    around = blocks.around(content, places[~blocks.are_on(lists, places)])
    prose = (stretch for stretch in around if not blocks.is_table(content, *stretch))
    return [stretch for stretch in prose if not languages.is_english(content, *stretch)]


def _may_belong_to_a_name(words: Capitals, bits: Codes) -> Mask:
    is_last_name = (bits & (LAST | EVERYDAY)) == LAST
    may_belong: Mask = listed.is_first_name(bits) | is_last_name | _is_after_a_title(words)
    return may_belong


def _is_after_a_title(words: Capitals) -> Mask:
    padded = bytes(4) + words.content
    before = np.ndarray((len(words.content) + 1,), np.dtype("<u4"), padded, strides=(1,))
    return np.isin(before[words.start], _TITLES)


def _by_recogniser(
    words: Capitals, stretches: list[Stretch], lists: Mask, asked: Recogniser
) -> Iterator[Spans]:
    """A name that is told once helps to tell it, and is looked for, in all of the text."""
    found, names, knowing = spans.none(), dict[str, str](), asked
    for portion in blocks.in_portions(stretches):
        sentences = list(tagged.labelled(words.content, portion, knowing))
        if new := tagged.told(sentences, asked):
            names |= new
            knowing = asked.knowing(names)
            tagged.look_again(sentences, names, knowing)
        found = spans.together((found, tagged.as_spans(sentences, asked)))
    yield found
    again = _worth_asking(words.content, _told_again(words, found, stretches), lists)
    yield tagged.as_spans(tagged.labelled(words.content, again, knowing), asked)


def _told_again(words: Capitals, found: Spans, stretches: list[Stretch]) -> Places:
    """Where words of the names found stand outside of the stretches."""
    is_in_name = _are_inside(words.start, found.start, found.end)
    is_seen = _are_inside(words.start, *_columns(stretches))
    return words.start[np.isin(words.key, words.key[is_in_name]) & ~is_seen]


def _columns(stretches: list[Stretch]) -> tuple[Places, Places]:
    begins, ends = np.array(stretches, np.int64).reshape(-1, 2).T
    return begins, ends


def _are_inside(places: Places, begins: Places, ends: Places) -> Mask:
    """``begins`` and ``ends`` in order, the stretches apart from each other."""
    return np.searchsorted(begins, places, "right") > np.searchsorted(ends, places, "right")
