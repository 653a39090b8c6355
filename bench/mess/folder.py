"""The folder: round after round of one file of each sort, until no kind comes short and it is as large as asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle

from bench.mess import deceptive, innocent
from bench.mess.deal import Deal
from bench.mess.desk import Desk, desk
from bench.mess.formats import (
    contacts,
    databases,
    mail,
    office,
    packed,
    pdf,
    pictures,
    plain,
    sheets,
    unreadable,
)
from bench.mess.truth import File
from bench.mess.values import LANGUAGES, Made, Planted

FEWEST = 50
_CUSTOMERS = 15


@dataclass(frozen=True)
class Sort:
    """``path`` has {} where the round's number goes."""

    path: str
    make: Callable[[Desk], Made]


def _zip(at: Desk) -> Made:
    return _archive(packed.zipped, {"kunder.csv": plain.csv(at.table()), "läs mig.txt": plain.txt(at.few())})


def _nested(at: Desk) -> Made:
    """A workbook and a letter in an archive in an archive in an archive."""
    inner = _archive(
        packed.zipped, {"mässa.xlsx": sheets.xlsx([at.table()]), "brev.docx": office.docx(at.dice, at.few())}
    )
    middle = _archive(packed.tarred, {"2019/gammalt.zip": inner, "2019/lista.txt": plain.txt(at.few())})
    return _archive(packed.zipped, {"backup.tar": middle})


def _tar_gz(at: Desk) -> Made:
    files = {"export/kunder.tsv": plain.csv(at.table(), "\t"), "export/brev.eml": mail.eml(at.mail())}
    return _archive(lambda contents: packed.gzipped(packed.tarred(contents)), files)


def _gz(at: Desk) -> Made:
    """What is in it has no name of its own."""
    content, planted = plain.csv(at.table())
    return packed.gzipped(content), [Planted(one.value, {}) for one in planted]


def _seven_zip(at: Desk) -> Made:
    return _archive(
        packed.seven_zipped, {"kunder.json": plain.json_rows(at.table()), "not.txt": plain.txt(at.note())}
    )


def _archive(pack: Callable[[Mapping[str, bytes]], bytes], files: Mapping[str, Made]) -> Made:
    return pack(packed.contents(files)), packed.inside(files)


def _mail_with_lists(at: Desk) -> Made:
    attached = {
        "anmälda.xlsx": sheets.xlsx([at.table()]),
        "adresser.csv": plain.csv(at.table(), encoding="cp1252"),
    }
    return mail.eml(at.mail(attached))


def _msg(at: Desk) -> Made:
    return mail.msg(
        at.mail({"lista.csv": plain.csv(at.table()), "brev.docx": office.docx(at.dice, at.few())})
    )


def _forwarded(at: Desk) -> Made:
    return mail.eml(at.mail({"vidarebefordrat.eml": mail.eml(at.mail()), "bilagor.zip": _zip(at)}))


def _disguised(disguise: deceptive.Disguise, at: Desk) -> Made:
    return plain.txt(at.disguised(disguise))


def _people(at: Desk) -> list[contacts.Contact]:
    return [at.contact() for _number in range(_CUSTOMERS)]


_SORTS = (
    Sort("anteckningar/möte {}.txt", lambda at: plain.txt(at.note())),
    Sort("anteckningar/gammalt möte {}.txt", lambda at: plain.txt(at.note(), "cp1252", "\r\n")),
    Sort("anteckningar/från Windows {}.txt", lambda at: plain.txt(at.letter(), "utf-16-le", "\r\n")),
    Sort("anteckningar/att göra {}.md", lambda at: plain.md(at.note())),
    Sort("brev/svar {}.txt", lambda at: plain.txt(at.letter(), "utf-8-sig", "\r\n")),
    Sort("brev/svar {}.docx", lambda at: office.docx(at.dice, at.letter(), at.table(5))),
    Sort("brev/svar {}.odt", lambda at: office.odt(at.letter(), at.table(5))),
    Sort("brev/svar {}.rtf", lambda at: office.rtf(at.dice, at.letter(), at.table(5))),
    Sort("brev/avtal {}.pdf", lambda at: pdf.pdf(at.letter(), at.table(8))),
    Sort("mässor/lista {}.csv", lambda at: plain.csv(at.table(), quoted=True)),
    Sort("mässor/gammal lista {}.csv", lambda at: plain.csv(at.table(), ",", "cp1252")),
    Sort("mässor/lista {}.tsv", lambda at: plain.csv(at.table(), "\t", "utf-16-le")),
    Sort("mässor/lista {}.xlsx", lambda at: sheets.xlsx([at.table(), at.table(numbers=2)])),
    Sort("mässor/lista {}.xls", lambda at: sheets.xls([at.table(), at.table(numbers=2)])),
    Sort("mässor/lista {}.ods", lambda at: sheets.ods([at.table()])),
    Sort("mässor/visning {}.pptx", lambda at: office.pptx(at.letter())),
    Sort("mässor/visning {}.odp", lambda at: office.odp(at.letter())),
    Sort("webbshop/export {}.json", lambda at: plain.json_rows(at.table())),
    Sort("webbshop/export ascii {}.json", lambda at: plain.json_rows(at.table(), ascii_only=True)),
    Sort("webbshop/export {}.xml", lambda at: plain.xml(at.table())),
    Sort("webbshop/order {}.html", lambda at: plain.html(at.letter(), at.table(6))),
    Sort("webbshop/shop {}.log", lambda at: plain.txt(at.log())),
    Sort("webbshop/shop {}.sqlite", lambda at: databases.sqlite([at.table(), at.table()])),
    Sort("mejl/brev {}.eml", lambda at: mail.eml(at.mail(is_html=True))),
    Sort("mejl/med listor {}.eml", _mail_with_lists),
    Sort("mejl/vidare {}.eml", _forwarded),
    Sort("mejl/inkorg {}.mbox", lambda at: mail.mbox([at.mail() for _number in range(3)])),
    Sort("mejl/outlook {}.msg", _msg),
    Sort("kontakter/telefon {}.vcf", lambda at: contacts.vcf(_people(at))),
    Sort("kontakter/gammal telefon {}.vcf", lambda at: contacts.vcf(_people(at), is_old=True)),
    Sort("kontakter/kalender {}.ics", lambda at: contacts.ics(_people(at))),
    Sort("arkiv/kunder {}.zip", _zip),
    Sort("arkiv/backup {}.zip", _nested),
    Sort("arkiv/export {}.tar.gz", _tar_gz),
    Sort("arkiv/webbordrar {}.csv.gz", _gz),
    Sort("arkiv/allt {}.7z", _seven_zip),
    *(
        Sort(f"klurigt/{name} {{}}.txt", partial(_disguised, disguise))
        for name, disguise in deceptive.UNICODE.items()
    ),
    Sort("klurigt/utf-16 {}.txt", lambda at: plain.txt(at.disguised(deceptive.other_hyphens), "utf-16-le")),
    Sort("klurigt/Windows {}.txt", lambda at: plain.txt(at.disguised(deceptive.of_windows), "cp1252")),
    Sort("klurigt/hårda mellanslag {}.html", lambda at: plain.html(at.letter(), hard_spaces=True)),
    Sort("klurigt/celler {}.html", lambda at: plain.html_cells(at.cells())),
)
# Reading pictures is slow: these come in the first round only.
_PICTURES = (
    Sort("inskannat/kvitto {}.png", lambda at: pictures.picture(at.few(), "png")),
    Sort("inskannat/visitkort {}.jpg", lambda at: pictures.picture(at.few(), "jpg")),
    Sort("inskannat/fax {}.tiff", lambda at: pictures.tiff([at.few(), at.few()])),
    Sort("inskannat/avtal {}.pdf", lambda at: pictures.scanned_pdf([at.few(), at.few()])),
)
_HEIC = Sort("inskannat/foto {}.heic", lambda at: pictures.picture(at.few(), "heic"))
_DAMAGED = ("mässor/lista 1.xlsx", "mässor/lista 1.xls", "brev/svar 1.docx", "brev/svar 1.odt", "brev/avtal 1.pdf",
            "mejl/outlook 1.msg", "arkiv/kunder 1.zip", "arkiv/allt 1.7z", "arkiv/webbordrar 1.csv.gz",
            "webbshop/shop 1.sqlite", "inskannat/visitkort 1.jpg")  # fmt: skip


def files(seed: int, megabytes: float = 0) -> Iterator[File]:
    """At least ``FEWEST`` true values and near misses of each kind, in at least that many million bytes."""
    deal, size = Deal(), 0
    languages = cycle(LANGUAGES)
    first = dict[str, bytes]()
    for number in count(1):
        for sort in _sorts(number):
            path = sort.path.format(number)
            content, planted = sort.make(desk(deal, seed, path, next(languages)))
            size += len(content)
            if path in _DAMAGED:
                first[path] = content
            yield File(path, content, planted)
        next(languages)
        if deal.fewest() >= FEWEST and size >= megabytes * 1e6:
            break
    yield from _never_read(seed, first)
    for name, content in innocent.documents():
        yield File(f"program/{name}", content, is_innocent=True)


def _sorts(number: int) -> Iterator[Sort]:
    yield from _SORTS
    if number == 1:
        yield from _PICTURES
        if pictures.can_write_heic():
            yield _HEIC


def _never_read(seed: int, whole: Mapping[str, bytes]) -> Iterator[File]:
    dice = desk(Deal(), seed, "unreadable", "sv").dice
    for name, content in unreadable.encrypted(dice).items():
        yield File(f"låst/{name}", content, reason="encrypted")
    broken = unreadable.damaged(dice, {path.replace("/", " "): content for path, content in whole.items()})
    for name, content in broken.items():
        yield File(f"trasigt/{name}", content, reason="damaged")
