import io
import struct

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tryggve.domains.datamap.engine.findings import NotScanned
from tryggve.domains.datamap.engine.reading import compressed_rtf
from tryggve.domains.datamap.engine.reading.parts import Limits, NotRead
from tryggve.domains.datamap.tests.engine.msg_files import Tree, ole
from tryggve.domains.datamap.tests.engine.reading_files import everything, packed, parts, places, reasons

NUMBER = "19811218-9876"
WORDS = f"Åsa Öbergs nummer är {NUMBER}"
# Both are examples in [MS-OXRTFCP], 3.2.
PACKED_RTF = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
PACKED_REPEATS = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def wide(**properties: str) -> Tree:
    """Properties by their numbers: n0037="Hej"."""
    return {
        f"__substg1.0_{name[1:].upper()}001F": value.encode("utf-16-le") for name, value in properties.items()
    }


def fixed(before: int = 32, **numbers: int) -> Tree:
    rows = (struct.pack("<HHIQ", 3, int(name[1:], 16), 6, value) for name, value in numbers.items())
    return {"__properties_version1.0": bytes(before) + b"".join(rows)}


def attached(name: str, content: bytes) -> Tree:
    return {**fixed(8), **wide(n3707=name), "__substg1.0_37010102": content}


def by_inside(tree: Tree) -> dict[str, str]:
    return {"/".join(part.inside): part.content.decode() for part in parts(ole(tree), "a.msg")}


def test_the_writer_of_these_tests_writes_ole() -> None:
    large = bytes(range(256)) * 40
    with olefile.OleFileIO(io.BytesIO(ole({"a": b"x", "f": {"b": b"y" * 99, "g": {"c": large}}}))) as file:
        assert file.listdir() == [["a"], ["f", "b"], ["f", "g", "c"]]
        assert file.openstream("f/b").read() == b"y" * 99
        assert file.openstream("f/g/c").read() == large


def test_who_wrote_to_whom_about_what_is_told_by_its_header() -> None:
    recipient: Tree = {**fixed(8), **wide(n3001="Bo Ek", n39FE="bo@example.se", n3003="/O=X/CN=BO")}
    tree: Tree = {
        **fixed(),
        **wide(n0037=f"Om {NUMBER}", n0C1A="Åsa Öberg", n5D01="asa@example.se", n0E04="Bo Ek"),
        "__recip_version1.0_#00000000": recipient,
    }
    [headers] = parts(ole(tree), "a.msg")
    assert headers.inside == ("headers",)
    assert headers.content.decode().splitlines() == [
        f"Subject: Om {NUMBER}",
        "Sender: Åsa Öberg",
        "To: Bo Ek",
        "Sender: asa@example.se",
        "Recipient: Bo Ek /O=X/CN=BO bo@example.se",
    ]
    assert [where for _part, where in places([headers], NUMBER)] == [{"header": "Subject"}]


def test_headers_of_the_way_it_came_are_read() -> None:
    sent = "Received: by x\r\nFrom: =?utf-8?q?=C3=85sa?= <asa@example.se>\r\nTo: bo@example.se\r\n\r\n"
    found = by_inside({**fixed(), **wide(n007D=sent)})
    assert found["transport headers"] == "From: Åsa <asa@example.se>\nTo: bo@example.se"


@pytest.mark.parametrize(
    ("page", "encoding"), [(1252, "cp1252"), (1250, "cp1250"), (65001, "utf-8"), (850, "cp850")]
)
def test_strings_of_one_byte_a_letter_are_read_in_their_code_page(page: int, encoding: str) -> None:
    letters = "Åsa Öberg" if page != 1250 else "Łukasz Ö"
    tree: Tree = {**fixed(n3FFD=page), "__substg1.0_1000001E": letters.encode(encoding)}
    assert by_inside(tree)["text"] == letters


def test_text_is_read_in_each_form_it_has() -> None:
    html = "<html><p>Nummer:&nbsp;<b>1981</b>1218&#8209;9876 Å</p>"
    found = by_inside({**fixed(n3FFD=1252), **wide(n1000=WORDS), "__substg1.0_10130102": html.encode()})
    assert found["text"] == WORDS
    assert f"Nummer: {NUMBER} Å" in found["text as HTML"]


def test_formatted_text_is_read_where_there_is_no_other() -> None:
    assert "hello world" in by_inside({**fixed(), "__substg1.0_10090102": PACKED_RTF})["text.rtf"]
    assert [*by_inside({**fixed(), **wide(n1000=WORDS), "__substg1.0_10090102": PACKED_RTF})] == ["text"]


def test_what_contacts_have_is_read() -> None:
    found = by_inside({**fixed(), **wide(n3A1C="070-1234567", n8083="asa@example.se", n3A29="Storgatan 1")})
    assert {*found["headers"].splitlines()} == {
        "Mobile telephone: 070-1234567",
        "Street address: Storgatan 1",
        "Property: asa@example.se",
    }


def test_attached_files_are_read_by_their_own_readers() -> None:
    tree: Tree = {
        **fixed(),
        "__attach_version1.0_#00000000": attached("å.zip", packed({"a.txt": WORDS})),
        "__attach_version1.0_#00000001": attached("stor.txt", (WORDS + "\n").encode() * 400),
    }
    found = by_inside(tree)
    assert found["å.zip/a.txt"] == WORDS
    assert found["stor.txt"].count(NUMBER) == 400


def test_a_message_within_a_message_is_read() -> None:
    inner = {
        **fixed(24),
        **wide(n1000=WORDS),
        "__attach_version1.0_#00000000": attached("a.txt", WORDS.encode()),
    }
    tree: Tree = {
        **fixed(),
        "__attach_version1.0_#00000000": {**wide(n3001="Inre"), "__substg1.0_3701000D": inner},
    }
    assert by_inside(tree) == {"Inre/text": WORDS, "Inre/a.txt": WORDS}


def test_messages_within_messages_end() -> None:
    tree: Tree = {**fixed(24), **wide(n1000=WORDS)}
    for _level in range(9):
        tree = {
            **fixed(24),
            "__attach_version1.0_#00000000": {**wide(n3001="i"), "__substg1.0_3701000D": tree},
        }
    assert everything(ole(tree), "a.msg") == [NotScanned(("i",) * 4, "too-deep")]


def test_an_attached_object_of_another_program_is_told() -> None:
    tree: Tree = {
        **fixed(),
        "__attach_version1.0_#00000000": {**wide(n3001="x"), "__substg1.0_3701000D": {"a": b"b"}},
    }
    assert everything(ole(tree), "a.msg") == [NotScanned(("x",), "unknown-format")]


def test_an_attached_file_too_large_to_be_held_is_told_and_the_text_read() -> None:
    tree: Tree = {
        **fixed(),
        **wide(n1000=WORDS),
        "__attach_version1.0_#00000000": attached("b.bin", bytes(9000)),
    }
    found = everything(ole(tree), "a.msg", Limits(held_bytes=8000))
    assert [one.inside for one in found] == [("text",), ("b.bin",)]
    assert found[-1] == NotScanned(("b.bin",), "too-large")


def test_the_packing_of_formatted_text_is_that_of_its_examples() -> None:
    assert (
        compressed_rtf.unpacked(PACKED_RTF, Limits()) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    )
    assert compressed_rtf.unpacked(PACKED_REPEATS, Limits()) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    stored = struct.pack("<II4sI", 17, 5, b"MELA", 0) + b"{\\rtf"
    assert compressed_rtf.unpacked(stored, Limits()) == b"{\\rtf"


@pytest.mark.parametrize(
    "content", [b"", b"x" * 15, struct.pack("<II4sI", 9, 9, b"LZXX", 0), PACKED_RTF[:8] + b"\0" * 8]
)
def test_formatted_text_that_is_not_packed_so_is_damaged(content: bytes) -> None:
    with pytest.raises(NotRead, match="damaged"):
        compressed_rtf.unpacked(content, Limits())


@given(st.binary(max_size=300))
def test_no_packing_of_formatted_text_grows_without_limit(content: bytes) -> None:
    head = struct.pack("<II4sI", len(content), 1000, b"LZFu", 0)
    assert len(compressed_rtf.unpacked(head + content, Limits())) <= 9 * len(content)


def test_a_folder_that_holds_itself_ends() -> None:
    content = bytearray(ole({**fixed(), **wide(n1000=WORDS), "__attach_version1.0_#00000000": {"a": b"b"}}))
    directory = content.index("Root Entry".encode("utf-16-le"))
    folder = content.index("__attach".encode("utf-16-le"))
    for link in (72, 76):  # what lies beside it, and in it
        content[folder + link : folder + link + 4] = struct.pack("<I", (folder - directory) // 128)
    assert [part.inside for part in parts(bytes(content), "a.msg")] == [("text",)]


@given(st.data())
def test_no_change_of_a_message_stops_the_reader(data: st.DataObject) -> None:
    changed = bytearray(WHOLE)
    for _change in range(data.draw(st.integers(1, 5))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    everything(bytes(changed), "a.msg")


def test_a_message_that_ends_early_is_damaged() -> None:
    assert "damaged" in reasons(WHOLE[: len(WHOLE) // 3], "a.msg")


WHOLE = ole(
    {
        **fixed(n3FFD=1252),
        **wide(n1000=WORDS, n0037="Hej"),
        "__attach_version1.0_#00000000": attached("a.txt", WORDS.encode() * 200),
        "__recip_version1.0_#00000000": wide(n3001="Bo"),
    }
)
