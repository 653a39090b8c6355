"""What law calls special when it is told of somebody, and secrets of machines."""

import base64

from bench.mess import prose
from bench.mess.kinds import contact, denmark, finland, norway, people, phone, sweden
from bench.mess.kinds.near_misses import digits, everywhere, guid
from bench.mess.values import Dice, Forms, Phrase, Value, near, said

_TOLD = {
    "sv": (
        "{} är |sjukskriven| till mars.",
        "{} har |diabetes| och vill ha annan mat.",
        "{} är medlem i |fackförbundet|.",
        "{} behandlas för |cancer|.",
        "{} är |muslim| och ber om ledigt.",
        "{} är |homosexuell|.",
        "{} är |dömd| för stöld.",
        "{} har fått diagnosen |depression|.",
        "{} har ett |missbruk| enligt chefen.",
        "{} finns i |belastningsregistret|.",
    ),
    "da": (
        "{} er |sygemeldt| til marts.",
        "{} har |diabetes|.",
        "{} er medlem af en |fagforening|.",
        "{} behandles for |kræft|.",
        "{} er |muslim| og beder om fri.",
        "{} er |homoseksuel|.",
        "{} er |straffet| for tyveri.",
        "{} lider af |depression|.",
        "{} har plet på |straffeattesten|.",
    ),
    "nb": (
        "{} er |sykmeldt| til mars.",
        "{} har |diabetes|.",
        "{} er medlem av en |fagforening|.",
        "{} behandles for |kreft|.",
        "{} er |muslim| og ber om fri.",
        "{} er |homofil|.",
        "{} er |straffedømt|.",
        "{} lider av |depresjon|.",
    ),
    "fi": (
        "{} on |sairauslomalla|.",
        "{} sairastaa |diabetesta|.",
        "{} kuuluu |ammattiliittoon|.",
        "{} sairastaa |syöpää|.",
        "{} on |muslimi|.",
        "{} on |homoseksuaali|.",
        "{} on |tuomittu| varkaudesta.",
        "{} kärsii |masennuksesta|.",
    ),
    "en": (
        "{} is on |sick leave| until March.",
        "{} has |diabetes|.",
        "{} belongs to a |trade union|.",
        "{} is treated for |cancer|.",
        "{} is |Muslim| and asks for a day off.",
        "{} is |homosexual|.",
        "{} has a |criminal record|.",
        "{} suffers from |depression|.",
    ),
}
_IN_GENERAL = {
    "sv": (
        "|Fackförbundet| och arbetsgivarna är eniga.",
        "Insamlingen mot |cancer| är i gång.",
        "Boken om |religion| är slut.",
        "Branschen pratar om |depression| på marknaden.",
        "Kursen om |diabetes| är fulltecknad.",
    ),
    "da": (
        "|Fagforeningen| og arbejdsgiverne er enige.",
        "Indsamlingen mod |kræft| er i gang.",
        "Bogen om |religion| er udsolgt.",
    ),
    "nb": (
        "|Fagforeningen| og arbeidsgiverne er enige.",
        "Innsamlingen mot |kreft| er i gang.",
        "Boken om |religion| er utsolgt.",
    ),
    "fi": (
        "|Ammattiliitto| ja työnantajat ovat samaa mieltä.",
        "Keräys |syöpää| vastaan jatkuu.",
        "Kirja aiheesta |uskonto| loppui.",
    ),
    "en": (
        "The |trade union| and the employers agree.",
        "The fund against |cancer| grows.",
        "The book on |religion| is sold out.",
    ),
}
_NUMBER = {"sv": sweden.PERSONNUMMER, "da": denmark.CPR, "nb": norway.FNR, "fi": finland.HETU}


def identified(dice: Dice, language: str) -> Phrase:
    """A name with a number, an address of mail or a telephone."""
    name = people.person(dice, language)
    form = _NUMBER.get(language)
    way = dice.randrange(3 if form else 2)
    if way == 0:
        return (name, " (", contact.mail(dice), ")")
    if way == 1 or not form:
        return (name, ", tel. ", phone.value_for(dice, language), ",")
    return (name, " (", *said(form.said[language][0], form.written(dice)), ")")


def _told(dice: Dice, language: str) -> Phrase:
    sentence = dice.choice(_TOLD[language]).removeprefix("{}")
    before, word, after = sentence.split("|")
    return (*identified(dice, language), before, _special(word), after)


def _special(word: str) -> Value:
    return Value("SPECIAL", word, word.casefold())


def _in_general(dice: Dice, language: str) -> Phrase:
    """Far from anybody: some lines about other things on both sides."""
    before, word, after = dice.choice(_IN_GENERAL[language]).split("|")
    around = [prose.sentences(dice, language, 8) for _side in range(2)]
    return (f"{around[0]} {before}", near("SPECIAL", word), f"{after} {around[1]}")


SPECIAL = Forms(
    "SPECIAL",
    {},
    lambda dice: _special(dice.choice(_TOLD["sv"]).split("|")[1]),
    (_in_general,),
    headings=("Hälsa", "Diagnos"),
    whole=_told,
)

_SECRET = {
    "sv": ("Lösenord: {}", "lösenord={}", "lösen: {}", "password: {}"),
    "da": ("Adgangskode: {}", "kodeord: {}", "password={}"),
    "nb": ("Passord: {}", "passord={}", "password: {}"),
    "fi": ("Salasana: {}", "salasana={}", "password: {}"),
    "en": ("Password: {}", "password={}", 'passwd = "{}"', "pwd: {}", 'api_key = "{}"', "client_secret: {}"),
}
_NO_SECRET = {
    "sv": ("Lösenord: |se bifogat brev|", "Byt |lösenord| varje år.", "Lösenord: |********|"),
    "da": ("Adgangskode: |sendes på sms|", "Skift |adgangskode| hvert år.", "Adgangskode: |********|"),
    "nb": ("Passord: |sendes på sms|", "Bytt |passord| hvert år.", "Passord: |********|"),
    "fi": ("Salasana: |lähetetään erikseen|", "Vaihda |salasana| vuosittain.", "Salasana: |********|"),
    "en": (
        "password: |${PASSWORD}|",
        'api_key = "|<your key>|"',
        "Password: |(sent by text)|",
        "password=|os.environ['PW']|",
    ),
}
_NO_KEY = everywhere("commit {}", "sha256 {}", "id {}", "ETag: {}", "md5: {}", "trace {}")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
_WORDS = ("Sommar", "Vinter", "Kaffe", "Hemlig", "Solsken", "Fisk", "Brandbil", "Tussilago")


def _letters(dice: Dice, count: int, letters: str = _LETTERS) -> str:
    return "".join(dice.choices(letters, k=count))


def _password(dice: Dice) -> Value:
    text = dice.choice((
        f"{dice.choice(_WORDS)}{dice.randrange(2015, 2027)}!", f"{_letters(dice, 5)}#{_letters(dice, 6)}",
        f"{dice.choice(_WORDS).lower()}{digits(dice, 3)}", _letters(dice, 20),
    ))  # fmt: skip
    return Value("SECRET", text, text)


def _key(dice: Dice) -> Value:
    """In the form that its service gives them."""
    token = base64.urlsafe_b64encode(dice.randbytes(45)).decode()
    text = dice.choice((
        "AKIA" + _letters(dice, 16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), f"ghp_{_letters(dice, 36)}",
        f"sk_live_{_letters(dice, 24)}", f"xoxb-{digits(dice, 12)}-{digits(dice, 12)}-{_letters(dice, 24)}",
        f"glpat-{_letters(dice, 20)}", f"eyJhbGciOiJIUzI1NiJ9.eyJ{token[:40]}.{token[20:]}",
    ))  # fmt: skip
    return Value("SECRET", text, text)


def _hash(dice: Dice, language: str) -> Phrase:
    text = dice.choice(
        (
            guid(dice),
            f"{dice.getrandbits(160):040x}",
            f"{dice.getrandbits(256):064x}",
            f"{dice.getrandbits(128):032x}",
        )
    )
    return said(dice.choice(_NO_KEY[language]), near("SECRET", text))


def _no_secret(dice: Dice, language: str) -> Phrase:
    before, word, after = dice.choice(_NO_SECRET[language]).split("|")
    return (before, near("SECRET", word), after)


SECRET = Forms(
    "SECRET", _SECRET, _password, (_hash, _no_secret), alone=_key, headings=("Lösenord", "Password")
)
