"""What names of streets end in, in Swedish, Danish, Norwegian, Finnish and English, and words for boxes."""

from typing import Final

from tryggve.domains.datamap.engine.contacts.nearby import Eights, among, endings_of, ends_with_any, table_of
from tryggve.domains.datamap.engine.spans import Mask

# Up to eight bytes: of a longer word the end.
_SURE: Final = """
gatan gata vägen väg gränd gränden torget stigen allén allé alléen kajen slingan stråket planaden
gade gaden vej vejen stræde strædet plads pladsen torv torvet oulevard vænget vænge
gate gaten veien vei vegen plass plassen svingen
katu tie polku kuja aukio raitti ulevardi planadi"""
_POSSIBLE: Final = """
torg stig backe backen plats platsen leden ringen svängen kroken liden strand stranden parken hamnen höjden kullen
gången alle alleen toften bakken brygge kaj haven krogen lunden sti stien veg haugen tori rinne ranta portti penger"""
_BEFORE_NAMES: Final = """
norra södra östra västra stora lilla gamla nya övre nedre sankt s:t nordre søndre vestre østre nørre sønder vester øster
store lille gamle"""
_BOXES: Final = "box boks postbox postboks pb pl pb. pl."
_SURE_BOXES: Final = "postbox postboks"
_ENGLISH: Final = "street road avenue lane drive square court crescent terrace"

_SURE_ENDINGS: Final = endings_of(_SURE)
_POSSIBLE_ENDINGS: Final = endings_of(_POSSIBLE)
_WORDS: Final = table_of(_SURE + _POSSIBLE)
_NAMES: Final = table_of(_BEFORE_NAMES)
_BOX_WORDS: Final = table_of(_BOXES)
_SURE_BOX_WORDS: Final = table_of(_SURE_BOXES)
_ENGLISH_WORDS: Final = table_of(_ENGLISH)


def ends_sure(eights: Eights) -> Mask:
    return ends_with_any(eights, _SURE_ENDINGS)


def ends_possible(eights: Eights) -> Mask:
    return ends_with_any(eights, _POSSIBLE_ENDINGS)


def is_street_word(words: Eights) -> Mask:
    """«väg», «Gade»: a word of its own that has a name before it."""
    return among(words, _WORDS)


def stands_before_names(words: Eights) -> Mask:
    """«Norra» Storgatan."""
    return among(words, _NAMES)


def is_box(words: Eights) -> Mask:
    return among(words, _BOX_WORDS)


def is_sure_box(words: Eights) -> Mask:
    return among(words, _SURE_BOX_WORDS)


def is_english(words: Eights) -> Mask:
    return among(words, _ENGLISH_WORDS)
