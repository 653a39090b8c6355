"""What stands in the old files of a demo firm. Nobody in it exists; the identity numbers are those that the
authorities give out for trying things on, and no telephone number reaches anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Texts:
    """Names of files and what is in them; ``strangers``: rows under ``headings`` that the register doesn't know."""

    headings: str
    strangers: Sequence[str]
    fair: str
    copy_of_fair: str
    numbers: str
    numbers_text: str
    notes: str
    notes_text: str
    mail: str
    sender: str
    subject: str
    mail_text: str
    prices: str
    prices_text: str
    damaged: str


TEXTS: Final[Mapping[str, Texts]] = {
    "SE": Texts(
        headings="Namn;E-post;Telefon",
        strangers=(
            "Rut Ahlgren;rut.ahlgren@example.se;070-174 06 31",
            "Torsten Malm;torsten.malm@example.se;070-174 06 32",
            "Siv Norling;siv.norling@example.se;070-174 06 33",
        ),
        fair="Besökare på mässan.csv",
        copy_of_fair="Kopia av Besökare på mässan.csv",
        numbers="Rotavdrag.txt",
        numbers_text="Rotavdrag\n\nTolvan Tolvansson, personnummer 19121212-1212, taket klart i augusti.\n",
        notes="Att ringa.txt",
        notes_text=(
            "{name} är sjukskriven efter operationen. Skriv till {email} i mars.\n"
            "Wifi i verkstaden, lösenord: Hyvel-74-spån\n"
        ),
        mail="VB kontakter.eml",
        sender="anna@bjorkbacka.example",
        subject="VB: kontakter",
        mail_text="Hej!\n\nHär är listan från mässan igen.\n\nAnna\n",
        prices="Prislista.txt",
        prices_text="Altan, furu, per kvadratmeter: 1 450 kronor\nTrappa, ek, per steg: 2 300 kronor\n",
        damaged="Kunder 2016.xlsx",
    ),
    "DK": Texts(
        headings="Navn;E-mail;Telefon",
        strangers=(
            "Ruth Ahlmann;ruth.ahlmann@example.dk;12 04 12 31",
            "Torben Malling;torben.malling@example.dk;12 04 12 32",
            "Signe Nørby;signe.norby@example.dk;12 04 12 33",
        ),
        fair="Besøgende på messen.csv",
        copy_of_fair="Kopi af Besøgende på messen.csv",
        numbers="Håndværkerfradrag.txt",
        numbers_text="Håndværkerfradrag\n\nNancy Ann Berggren, CPR-nr. 251248-9996, taget færdigt i august.\n",
        notes="Ring til.txt",
        notes_text=(
            "{name} er sygemeldt efter operationen. Skriv til {email} i marts.\n"
            "Wifi på værkstedet, adgangskode: Hovl-74-spån\n"
        ),
        mail="VS kontakter.eml",
        sender="anna@bogelund.example",
        subject="VS: kontakter",
        mail_text="Hej!\n\nHer er listen fra messen igen.\n\nAnna\n",
        prices="Prisliste.txt",
        prices_text="Terrasse, fyr, pr. kvadratmeter: 1.450 kroner\nTrappe, eg, pr. trin: 2.300 kroner\n",
        damaged="Kunder 2016.xlsx",
    ),
}
