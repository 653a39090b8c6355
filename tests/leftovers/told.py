"""What is written, typed and answered on the pages in the course of a day."""

FIRM, FIRM_EMAIL = "Rosenlunds Kakelverkstad AB", "order@rosenlundskakel.example"
FIRM_PHONE, FIRM_STREET = "031-390 06 71", "Tallkottsvägen 118"
PERSON, PERSON_EMAIL = "Torvald Qvistgaard", "torvald.q@example.dk"
DOUBLE, DOUBLE_EMAIL = "Thorvald Kvistgård", "kvistgaard@example.dk"
SOURCE = "Ringde efter Elmiamässan"
CARD_NOTE, NOTE = "Likes Monday mornings", "Vill ha turkost kakel i badrummet"
CHANGED_NOTE, GONE_NOTE = "Ångrade sig: vinrött kakel i stället", "Skrevs ner på fel kort"
TAG = "kakelugnsvänner"
ANSWER, SENSITIVE_ANSWER = "Medlem 7741-Ö sedan lucia", "Allergisk mot fogmassa"
NUMBER, REASON = "640823-3234", "Underlag för rotavdraget i maj"
VIEW, RENAMED_VIEW = "Julkort till kakelfolket", "Påskhälsning till kakelfolket"
TEXT_NAME, SENTENCE = "Hyresavtal Rosenlund", "Hyran betalas i förskott varje kvartal."
PICTURE_NAME, COMMENT = "Köksritning Qvistgaard", "Fotograferad hemma hos familjen"
EXPORT_REASON = "Adresser till tryckeriet i Borås"

# The number also as it is kept, and with its century.
_NUMBERS = [form for number in (NUMBER, f"19{NUMBER}") for form in (number, number.replace("-", ""))]

TOLD = [
    *(FIRM, FIRM_EMAIL, FIRM_PHONE, FIRM_STREET, PERSON, PERSON_EMAIL, DOUBLE, DOUBLE_EMAIL, SOURCE),
    *(CARD_NOTE, NOTE, CHANGED_NOTE, GONE_NOTE, TAG, ANSWER, SENSITIVE_ANSWER, *_NUMBERS, REASON),
    *(VIEW, RENAMED_VIEW, TEXT_NAME, SENTENCE, PICTURE_NAME, COMMENT, EXPORT_REASON),
]
