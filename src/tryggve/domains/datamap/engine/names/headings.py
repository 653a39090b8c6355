"""Headings of columns that hold names of persons, in Swedish, Danish, Norwegian, Finnish and English."""

import re
from enum import Enum, auto
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_CAMEL: Final = re.compile(r"(?<=[a-zåäöæø])(?=[A-ZÅÄÖÆØ])")

_PERSONS = """
    förnamn efternamn tilltalsnamn mellannamn fornavn efternavn etternavn mellomnavn mellemnavn kaldenavn
    etunimi sukunimi firstname lastname surname forename fullname givenname familyname
    kontaktperson kontaktpersoner vårdnadshavare forælder foresatt målsman anhörig pårørende
    deltagare deltager deltaker elev elever spelare spiller medlem anställd medarbetare medarbejder ansatt
"""
_SOMETHING = "namn navn name nimi kontakt contact kund kunde customer kunder person gäst gæst gjest"
_OTHERS = """
    företag företagets företagsnamn firma firmans firmaets firmanamn firmanavn bolag bolagets bolagsnamn company
    organisation fil file filename filnamn filnavn produkt product produktnamn produktnavn artikel vare varu
    user username login användar användarnamn bruger brugernavn brukernavn konto account domän domæne domain
    gatu gata gatunamn gade vejnavn street ort by bynavn stad city land country kurs kursnamn lag team grupp gruppe
    projekt column table kolumn id nr nummer number datum dato
"""
OF_PERSONS: Final = frozenset(_PERSONS.split())
OF_SOMETHING: Final = frozenset(_SOMETHING.split())
OF_OTHERS: Final = frozenset(_OTHERS.split())


class Heading(Enum):
    """``PERHAPS``: names of something, as a firm has customers that are persons and others that are firms."""

    OF_NAMES = auto()
    PERHAPS = auto()
    NOTHING = auto()
    OF_OTHERS = auto()


def said_by(heading: str) -> Heading:
    words = _WORD.findall(_CAMEL.sub(" ", heading))
    said = {word.lower() for word in words} | {"".join(words).lower()}
    if said & OF_OTHERS:
        return Heading.OF_OTHERS
    if said & OF_PERSONS:
        return Heading.OF_NAMES
    return Heading.PERHAPS if said & OF_SOMETHING else Heading.NOTHING
