"""Addresses: of mail, of houses, of computers."""

from bench.mess import names
from bench.mess.kinds.near_misses import digits, everywhere, in_words
from bench.mess.values import Dice, Forms, Phrase, Value, near, said

_MAIL = {
    "sv": ("e-post: {}", "mejla {}", "E-post {}", "skriv till <{}>.", "mailto:{}", "({})"),
    "da": ("e-mail: {}", "skriv til {}.", "Mail {}", "<{}>", "mailto:{}"),
    "nb": ("e-post: {}", "skriv til {}.", "Epost {}", "<{}>"),
    "fi": ("sähköposti: {}", "kirjoita {}", "<{}>", "s-posti {}"),
    "en": ("e-mail: {}", "write to {}.", "Email {}", "<{}>", "mailto:{}"),
}
_DOMAINS = (
    "example.se",
    "example.dk",
    "post.example.no",
    "example.fi",
    "example.com",
    "firma.example.org",
    "kund.test",
)
_NO_MAIL = everywhere(
    "bild |logo@2x.png| finns", "paket |webpack@5.91.0| behövs", "|@bergslagen| på nätet", "konto |root@localhost| här",
    "3 st |@ 45.00| kr", "rad |foo@bar| i filen", "|namn@| saknas", "import |@angular/core| i koden",
    "se |kund@@example.se| i listan", "mallen |{{user}}@{{domain}}| är tom",
)  # fmt: skip


def _local(dice: Dice) -> str:
    someone = names.person(dice, dice.choice(("sv", "da", "nb", "fi")))
    given, family = names.in_ascii(someone.given), names.in_ascii(someone.family)
    return dice.choice((
        f"{given}.{family}", f"{given}_{family}", f"{given[0]}{family}", f"{given}{dice.randrange(40, 100)}",
        f"{given}.{family}+nyhet", f"{family}-{given[0]}", f"{given.capitalize()}.{family.capitalize()}",
    ))  # fmt: skip


def mail(dice: Dice) -> Value:
    domain = dice.choice(_DOMAINS)
    text = f"{_local(dice)}@{domain.upper() if dice.random() < 0.05 else domain}"
    return Value("EMAIL", text, text.casefold())


EMAIL = Forms(
    "EMAIL",
    _MAIL,
    mail,
    (in_words("EMAIL", _NO_MAIL),),
    alone=mail,
    headings=("E-post", "Email", "E-mail", "Mail", "epost"),
)

_ADDRESS = {
    "sv": ("Adress: {}", "bor på {}", "Leveransadress: {}", "postadress {}"),
    "da": ("Adresse: {}", "bor på {}", "Leveringsadresse: {}"),
    "nb": ("Adresse: {}", "bor i {}", "Leveringsadresse: {}"),
    "fi": ("Osoite: {}", "asuu osoitteessa {}", "Toimitusosoite: {}"),
    "en": ("Address: {}", "lives at {}", "Delivery address: {}"),
}
_NO_ADDRESS = {
    "sv": (
        "Vi var på |vägen 3| gånger.",
        "Se |kapitel 12, 111 22| tecken långt.",
        "|Ringvägens| förskola firar.",
        "Buss |Storgatan| linje går ofta.",
        "Priset är |345 67| kronor.",
        "Det är |torget| vi ses på.",
    ),
    "da": (
        "Vi har |2000 Watt| i alt.",
        "Se |afsnit 5, 8000| ord.",
        "Mød os på |Strandvejen| en dag.",
        "Det er |vej 3| ud af fem.",
        "Der er |1200 Kilometer| hjem.",
    ),
    "nb": (
        "Vi gikk |veien 3| ganger.",
        "Det er |1000 Meter| igjen.",
        "Se |kapittel 5, 4000| ord.",
        "Møt oss i |Storgata| en dag.",
    ),
    "fi": (
        "Se on |tie 3| kertaa.",
        "Matka on |10000 Metriä|.",
        "Tavataan |Rantatiellä| joskus.",
        "Sivu |5, 20100| sanaa.",
    ),
    "en": (
        "We took |Route 12| home.",
        "Made |2000 Units| a day.",
        "See |chapter 5, 8000| words.",
        "Room |12 B| is free.",
    ),
}


def _postal_code(dice: Dice, language: str) -> str:
    if language == "sv":
        return dice.choice(("{} {}", "{} {}", "{}{}")).format(
            dice.randrange(111, 985), dice.randrange(10, 100)
        )
    return f"{dice.randrange(1000, 9900)}" if language in {"da", "nb"} else f"{dice.randrange(100, 99000):05}"


def house(dice: Dice, language: str) -> Value:
    """Street and number, and a flat now and then."""
    flat = (
        {"sv": " lgh 1101", "da": ", 2. tv", "nb": " B", "fi": " A 12"}[language]
        if dice.random() < 0.2
        else ""
    )
    letter = dice.choice(("", "", "", "A", "B"))
    text = f"{names.street(dice, language)} {dice.randrange(1, 120)}{letter}{flat}"
    return Value("ADDRESS", text, text.casefold())


def place(dice: Dice, language: str) -> tuple[Value, Value]:
    """Postal code and town, of cells of their own."""
    texts = (_postal_code(dice, language), names.town(dice, language))
    return tuple(Value("ADDRESS", text, text.casefold(), is_optional=True) for text in texts)  # type: ignore[return-value]


def address(dice: Dice, language: str) -> Value:
    """On one line."""
    here = language if language != "en" else dice.choice(("sv", "da", "nb", "fi"))
    code, town = place(dice, here)
    text = f"{house(dice, here).text}, {code.text} {town.text}"
    return Value("ADDRESS", text, text.casefold())


def _any_address(dice: Dice) -> Value:
    return address(dice, "en")


def _address_phrase(dice: Dice, language: str) -> Phrase:
    value = address(dice, language)
    return (value,) if dice.random() < 0.4 else said(dice.choice(_ADDRESS[language]), value)


ADDRESS = Forms(
    "ADDRESS",
    _ADDRESS,
    _any_address,
    (in_words("ADDRESS", _NO_ADDRESS),),
    headings=("Adress", "Adresse", "Address", "Osoite"),
    whole=_address_phrase,
)

_IP = everywhere("IP {}", "from {} port 443", "IP-adress {}", "client={} ok", "[{}] connected")
_VERSIONS = everywhere(
    "version {}", "Version: {}", "v{}", "§ {}", "OID {}", "firmware {}", "build {}", "package==1.{}",
)  # fmt: skip


def _ip(dice: Dice) -> Value:
    """From the nets of documentation and of homes."""
    one, two = dice.randrange(1, 255), dice.randrange(256)
    text = dice.choice((
        f"203.0.113.{one}", f"198.51.100.{one}", f"192.0.2.{one}", f"10.{two}.{two}.{one}", f"192.168.{two}.{one}",
        f"2001:db8:{two:x}::{one:x}", f"2001:db8:0:{two:x}:{one:x}:8a2e:370:7334",
    ))  # fmt: skip
    return Value("IP", text, text)


def _version(dice: Dice, language: str) -> Phrase:
    text = ".".join(str(dice.randrange(1, 30)) for _part in range(4))
    return said(dice.choice(_VERSIONS[language]), near("IP", text))


def _no_ip(dice: Dice, language: str) -> Phrase:
    two = digits(dice, 2)
    pairs = [f"{dice.randrange(256):02x}" for _part in range(6)]
    text = dice.choice((
        f"999.{two}.{two}.300", f"256.1.{two}.4", f"1.3.6.1.4.1.{two}.2.{two}", f"{two}.{two}.{two}", ":".join(pairs),
        f"12:34:{two}:07", "std::vector", "a::b::c::method", f"1.{two}.3.4.5",
    ))  # fmt: skip
    return (near("IP", text),)


IP = Forms("IP", _IP, _ip, (_version, _no_ip), alone=_ip, headings=("IP", "IP-adress", "client_ip"))
