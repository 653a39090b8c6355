"""Everyday business prose in five languages in which nobody is named and nothing is numbered."""

from collections.abc import Mapping, Sequence

from bench.mess.values import Dice

_SUBJECTS: Mapping[str, Sequence[str]] = {
    "sv": (
        "Leveransen",
        "Verkstaden",
        "Den nya butiken",
        "Vår kollega på lagret",
        "Monteringen",
        "Kampanjen",
        "Rabatten",
        "Mötet med leverantören",
        "Sortimentet",
        "Fakturan",
        "Kursen",
        "Bokslutet",
    ),
    "da": (
        "Leveringen",
        "Værkstedet",
        "Den nye butik",
        "Vores kollega på lageret",
        "Monteringen",
        "Kampagnen",
        "Rabatten",
        "Mødet med leverandøren",
        "Sortimentet",
        "Fakturaen",
        "Kurset",
        "Regnskabet",
    ),
    "nb": (
        "Leveringen",
        "Verkstedet",
        "Den nye butikken",
        "Kollegaen vår på lageret",
        "Monteringen",
        "Kampanjen",
        "Rabatten",
        "Møtet med leverandøren",
        "Utvalget",
        "Fakturaen",
        "Kurset",
        "Regnskapet",
    ),
    "fi": (
        "Toimitus",
        "Verstas",
        "Uusi myymälä",
        "Varaston väki",
        "Asennus",
        "Kampanja",
        "Alennus",
        "Kokous",
        "Valikoima",
        "Lasku",
        "Kurssi",
        "Tilinpäätös",
    ),
    "en": (
        "The delivery",
        "The workshop",
        "The new shop",
        "Our colleague in the warehouse",
        "The fitting",
        "The campaign",
        "The discount",
        "The meeting with the supplier",
        "The range",
        "The invoice",
        "The course",
    ),
}
_VERBS: Mapping[str, Sequence[str]] = {
    "sv": (
        "blev klar i tid",
        "fick vänta på reservdelar",
        "gick bättre än väntat",
        "behöver ses över igen",
        "flyttas till nästa vecka",
        "kostade mindre än planerat",
        "har fått fint beröm",
        "öppnar efter sommaren",
    ),
    "da": (
        "blev færdig til tiden",
        "måtte vente på reservedele",
        "gik bedre end ventet",
        "skal ses efter igen",
        "flyttes til næste uge",
        "kostede mindre end planlagt",
        "har fået pæn ros",
        "åbner efter sommeren",
    ),
    "nb": (
        "ble ferdig i tide",
        "måtte vente på reservedeler",
        "gikk bedre enn ventet",
        "må ses over igjen",
        "flyttes til neste uke",
        "kostet mindre enn planlagt",
        "har fått fin ros",
        "åpner etter sommeren",
    ),
    "fi": (
        "valmistui ajoissa",
        "odotti varaosia",
        "sujui odotettua paremmin",
        "vaatii vielä työtä",
        "siirtyy ensi viikkoon",
        "maksoi suunniteltua vähemmän",
        "sai paljon kiitosta",
        "avataan kesän jälkeen",
    ),
    "en": (
        "was ready on time",
        "had to wait for spare parts",
        "went better than expected",
        "needs another look",
        "moves to next week",
        "cost less than planned",
        "has been praised",
        "opens after the summer",
    ),
}
_ENDS: Mapping[str, Sequence[str]] = {
    "sv": (
        "trots den långa vintern",
        "enligt den gamla planen",
        "så fort alla är tillbaka",
        "och det märks i kassan",
        "fast ingen riktigt vet varför",
        "med hjälp av grannfirman",
        "innan mässan börjar",
        "",
    ),
    "da": (
        "trods den lange vinter",
        "efter den gamle plan",
        "så snart alle er tilbage",
        "og det mærkes i kassen",
        "selv om ingen rigtig ved hvorfor",
        "med hjælp fra nabofirmaet",
        "før messen begynder",
        "",
    ),
    "nb": (
        "tross den lange vinteren",
        "etter den gamle planen",
        "så snart alle er tilbake",
        "og det merkes i kassen",
        "selv om ingen riktig vet hvorfor",
        "med hjelp fra nabofirmaet",
        "før messen begynner",
        "",
    ),
    "fi": (
        "pitkästä talvesta huolimatta",
        "vanhan suunnitelman mukaan",
        "kun kaikki ovat palanneet",
        "ja se näkyy kassassa",
        "vaikka kukaan ei tiedä miksi",
        "naapurin avulla",
        "ennen messujen alkua",
        "",
    ),
    "en": (
        "despite the long winter",
        "after the old plan",
        "as soon as everybody is back",
        "and it shows in the till",
        "although nobody quite knows why",
        "with help from next door",
        "before the fair begins",
        "",
    ),
}
GREETINGS: Mapping[str, Sequence[str]] = {
    "sv": ("Hej!", "Hej igen,", "God morgon!"),
    "da": ("Hej!", "Hej igen,", "Godmorgen!"),
    "nb": ("Hei!", "Hei igjen,", "God morgen!"),
    "fi": ("Hei!", "Hei taas,", "Huomenta!"),
    "en": ("Hello!", "Hello again,", "Good morning!"),
}
TITLES: Mapping[str, Sequence[str]] = {
    "sv": ("Anteckningar från mötet", "Svar om ordern", "Lista från mässan", "Reklamation", "Att göra"),
    "da": ("Noter fra mødet", "Svar om ordren", "Liste fra messen", "Reklamation", "Opgaver"),
    "nb": ("Notater fra møtet", "Svar om ordren", "Liste fra messen", "Reklamasjon", "Oppgaver"),
    "fi": ("Muistio", "Vastaus tilaukseen", "Lista messuilta", "Reklamaatio", "Tehtävät"),
    "en": ("Notes from the meeting", "About the order", "List from the fair", "Complaint", "To do"),
}


def sentence(dice: Dice, language: str) -> str:
    words = (dice.choice(words[language]) for words in (_SUBJECTS, _VERBS, _ENDS))
    return " ".join(filter(None, words)) + "."


def sentences(dice: Dice, language: str, count: int) -> str:
    return " ".join(sentence(dice, language) for _number in range(count))
