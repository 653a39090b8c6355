import pytest

from tryggve.domains.datamap.engine.kinds import Confidence
from tryggve.domains.datamap.engine.said import NOTHING_SAID
from tryggve.domains.datamap.engine.text import Text
from tryggve.domains.datamap.engine.words import secrets
from tryggve.domains.datamap.engine.words.placeholders import entropy, is_placeholder, is_random
from tryggve.domains.datamap.engine.words.said_in_text import said_in

HIGH, MEDIUM = Confidence.HIGH, Confidence.MEDIUM
HEXADECIMAL = "a8f5f167f44f4964e6c998dee827110c"


def found(text: str, *, is_table: bool = False) -> list[tuple[str, Confidence]]:
    content = text.encode()
    said = said_in(content, is_table=True) if is_table else NOTHING_SAID
    spans = secrets.find(Text(content, said))
    places = zip(spans.start.tolist(), spans.end.tolist(), spans.confidence.tolist(), strict=True)
    return [(content[start:end].decode(), Confidence(sure)) for start, end, sure in places]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lösenord: Sommar2024!", "Sommar2024!"),
        ("LÖSENORD=Sommar2024!", "Sommar2024!"),
        ("adgangskode: Vinter99x", "Vinter99x"),
        ("passord = Høst2023\n", "Høst2023"),
        ("salasana: Kesä2023", "Kesä2023"),
        ("password=hunter2", "hunter2"),
        ("db_password: 's3kret!'", "s3kret!"),
        ('{"password": "hunter2", "x": 1}', "hunter2"),
        ("PASSWORD => hunter2", "hunter2"),
    ],
)
def test_a_password_after_its_word_is_found(text: str, value: str) -> None:
    assert found(text) == [(value, HIGH)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lösenordet är Vinter99x ok", "Vinter99x"),
        ("<password>hemligt9</password>", "hemligt9"),
        ("Lösenord:\n  Sommar2024", "Sommar2024"),
        ("lösenord: sommar\n", "sommar"),
        ("PIN-kod: 4711\n", "4711"),
        ("lösenord: Sommar2024 och sedan mer", "Sommar2024"),
    ],
)
def test_what_may_be_a_password_is_told_with_less_confidence(text: str, value: str) -> None:
    assert found(text) == [(value, MEDIUM)]


@pytest.mark.parametrize(
    "text",
    [
        "Lösenord: minst åtta tecken",
        "password is required",
        "password: see the manual",
        "Lösenord: Påminnelse om det skickas",
        '{"password": "Glömt ditt lösenord?"}',
        '{"password": "Adgangskode"}',
        "lösenordsbyte: Sommar2024",
        "password: ab1",
        "Lösenord\nSommar2024",
    ],
)
def test_a_sentence_about_passwords_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "value",
    [
        "changeme",
        "****",
        "<password>",
        "${DB_PASSWORD}",
        "$PASSWORD",
        "%PASSWORD%",
        "{{ password }}",
        "xxxxxxxx",
        "None",
        "get_password()",
        "os.environ['PW1']",
        "self.password",
        "settings.db.password",
        "your-password-1",
        "[redacted]",
        "example123",
        "••••••••",
        "password",
        "db_password",
        "string",
        "aaaaaaaa",
        "TODO",
        "test",
        "ditt_lösenord1",
    ],
)
def test_what_stands_where_a_secret_would_is_none(value: str) -> None:
    assert is_placeholder(value.encode())
    assert found(f"password={value}\n") == []


@pytest.mark.parametrize(
    "value", ["Sommar2024!", "hunter2", "$2b$12$abcdefghij", "tr0ub4dor&3", "testarossa9", HEXADECIMAL]
)
def test_a_real_password_is_no_placeholder(value: str) -> None:
    assert not is_placeholder(value.encode())


@pytest.mark.parametrize(
    "text",
    [
        f"api_key = '{HEXADECIMAL}'",
        f"API-nyckel: {HEXADECIMAL}",
        f"Authorization: Bearer {HEXADECIMAL}",
        f"client_secret={HEXADECIMAL}",
    ],
)
def test_a_key_after_its_word_is_found(text: str) -> None:
    assert found(text) == [(HEXADECIMAL, HIGH)]


@pytest.mark.parametrize(
    "text",
    [
        "token: hello",
        "secret: sommarens bästa tips",
        "api_key: aaaaaaaaaaaaaaaa1111",
        "token=abcdefghijklmnopqrstuv",
        "api key 12345678901234567890",
    ],
)
def test_what_no_machine_has_drawn_is_no_key(text: str) -> None:
    assert found(text) == []


def test_entropy_is_counted_in_bits_per_sign() -> None:
    assert entropy(b"aaaa") == 0
    assert entropy(b"abcd") == 2
    assert is_random(HEXADECIMAL.encode())
    assert not is_random(HEXADECIMAL[:15].encode())


TOKENS = [
    "AKIAQ3EGRZ5T7XK2LMNP",
    "ghp_abcdefghij0123456789ABCDEFGHIJ012345",
    "github_pat_11ABCDEFG0abcdefghijkl_mnopqrst",
    "glpat-abcDEF123456ghiJKL78",
    "xoxb-123456789012-abcDEFghiJKL",
    "sk_live_abcdEFGH1234ijklMNOP",
    "AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5",
    "npm_abcdefghij0123456789ABCDEFGHIJ012345",
]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_of_a_known_service_is_found_wherever_it_stands(token: str) -> None:
    assert found(f"se {token} här") == [(token, HIGH)]
    assert found(f"token: {token}\n") == [(token, HIGH)]


@pytest.mark.parametrize(
    "text",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "akiaq3egrz5t7xk2lmnp",
        "ghp_" + "x" * 36,
        "ghp_short",
        "xAKIAQ3EGRZ5T7XK2LMNP",
        "eyJhbGciOiJIUzI1NiJ9",
    ],
)
def test_what_only_begins_like_a_token_is_none(text: str) -> None:
    assert found(text) == []


KEY = "-----BEGIN {0}PRIVATE KEY-----\nMIIEowIBAAKCAQEAx8d7f6a5s4d3f2g1h0jklqwe\n-----END {0}PRIVATE KEY-----"


@pytest.mark.parametrize("sort", ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "])
def test_a_private_key_is_found_whole(sort: str) -> None:
    assert found(f"se:\n{KEY.format(sort)}\nslut") == [(KEY.format(sort), HIGH)]


def test_a_private_key_whose_end_is_missing_is_found() -> None:
    text = KEY.format("").partition("\n-----END")[0]
    assert [sure for _, sure in found(text)] == [HIGH]


@pytest.mark.parametrize(
    "text", ["-----BEGIN PRIVATE KEY-----\n...\n", "-----BEGIN PUBLIC KEY-----\n" + "A" * 64, "a PRIVATE KEY"]
)
def test_what_holds_no_private_key_is_none(text: str) -> None:
    assert found(text) == []


def test_cells_of_a_column_of_passwords_are_found() -> None:
    text = 'Namn;Lösenord\r\nAnna;"hem;lis"\r\nBo;****\r\nEva;\r\nAda;vinter\r\n'
    assert found(text, is_table=True) == [("hem;lis", MEDIUM), ("vinter", MEDIUM)]
