"""What a page says to who reads it, and what a paper says, as the same row of words."""

from collections.abc import Iterator
from html.parser import HTMLParser

from tryggve.domains.rights.engine.papers.paper import Paper, Section

_UNREAD = frozenset({"nav", "script", "style", "template"})
_READ = "main"


def words_of_page(html: str) -> list[str]:
    """All words of the page's main part, but for its way to other pages; none where it has no main part."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.heard).split()


def words_of_paper(paper: Paper) -> list[str]:
    """The same of a paper, in the order in which a page shows it."""
    return " ".join(_texts(paper)).split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heard: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _READ or tag in _UNREAD:
            self._inside.append(tag)
        self._hear(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        self._hear(" ")

    def handle_data(self, data: str) -> None:
        self._hear(data)

    def _hear(self, text: str) -> None:
        if self._inside == [_READ]:
            self.heard.append(text)


def _texts(paper: Paper) -> Iterator[str]:
    yield paper.title
    yield f"{paper.firm} · {paper.dated}"
    yield from (line.text for line in paper.introduction)
    for section in paper.sections:
        yield from _texts_of(section)
        for below in section.sections:
            yield from _texts_of(below)


def _texts_of(section: Section) -> Iterator[str]:
    yield section.heading
    yield from (line.text for line in section.lines)
    for fact in section.facts:
        yield fact.term
        yield fact.note
        yield from (line.text for line in fact.lines)
    yield from (point.text for point in section.points)
