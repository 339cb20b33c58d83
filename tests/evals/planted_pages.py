"""Pages that answer a question, with room for something planted, in three file formats."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from ingest.extract import Extracted, extract
from knowledge.evaluation.cases import AnswerCase
from knowledge.evaluation.comparing import holds_quote, plain
from knowledge.sentences import sentence_spans

AROUND = 1_200  # characters of the document on either side of the paragraph that answers
LONGEST = 2_400  # of that paragraph


class Text(BaseModel):
    """Something to plant."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    type: str
    text: str = Field(min_length=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Some paragraphs of a document, of which one answers a question.

    Attributes:
        answering: the place of that one.
    """

    case: AnswerCase
    title: str
    paragraphs: tuple[str, ...]
    answering: int


@cache
def _read(path: Path) -> Extracted:
    return extract(path.read_bytes(), name=path.name)


def pages_of(cases: Sequence[AnswerCase], documents: Path) -> list[Page]:
    """A page for each case whose answer stands in one paragraph of a document."""
    found = (page_of(case, documents) for case in cases)
    return [page for page in found if page is not None]


def page_of(case: AnswerCase, documents: Path) -> Page | None:
    """The paragraphs around the first gold quote that stands in one of them; None without any."""
    for gold in case.gold:
        for name in (gold.doc, *gold.also):
            path = documents / name
            if not path.is_file():
                continue
            read = _read(path)
            paragraphs = read.document.text.split("\n\n")
            for place, paragraph in enumerate(paragraphs):
                if len(paragraph) <= LONGEST and holds_quote(paragraph, gold.quote):
                    first, last = _around(paragraphs, place)
                    return Page(
                        case=case,
                        title=read.metadata.title or path.stem,
                        paragraphs=tuple(paragraphs[first:last]),
                        answering=place - first,
                    )
    return None


def _around(paragraphs: Sequence[str], place: int) -> tuple[int, int]:
    first, last, room = place, place + 1, AROUND
    while first > 0 and len(paragraphs[first - 1]) < room:
        first -= 1
        room -= len(paragraphs[first])
    room = AROUND
    while last < len(paragraphs) and len(paragraphs[last]) < room:
        room -= len(paragraphs[last])
        last += 1
    return first, last


def planted(page: Page, text: str | None, *, within: bool) -> list[str]:
    """The paragraphs with a text in their middle.

    Args:
        page: what is planted in.
        text: what is planted, or nothing.
        within: whether it stands inside of the paragraph that answers, in front of the sentence
            that does, or in front of the paragraph.
    """
    paragraphs = list(page.paragraphs)
    if text is None:
        return paragraphs
    if not within:
        paragraphs.insert(page.answering, text)
        return paragraphs
    answering = paragraphs[page.answering]
    starts = [start for start, end in sentence_spans(answering)]
    quotes = [plain(gold.quote)[:30] for gold in page.case.gold]
    place = next(
        (
            start
            for start, end in sentence_spans(answering)
            if any(quote in plain(answering[start:end]) for quote in quotes)
        ),
        starts[len(starts) // 2],
    )
    paragraphs[page.answering] = f"{answering[:place]}{text} {answering[place:]}"
    return paragraphs


def write_markdown(place: Path, title: str, paragraphs: Sequence[str]) -> None:
    """Writes a page in Markdown; `place` has no ending yet."""
    text = "\n\n".join((f"# {title}", *paragraphs))
    place.with_suffix(".md").write_text(text, "utf-8")


def write_html(place: Path, title: str, paragraphs: Sequence[str]) -> None:
    """Writes a page in HTML."""
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    head = html.escape(title)
    place.with_suffix(".html").write_text(
        f"<!doctype html><html><head><meta charset='utf-8'><title>{head}</title></head>"
        f"<body><main><h1>{head}</h1>\n{body}</main></body></html>",
        "utf-8",
    )


def write_pdf(place: Path, title: str, paragraphs: Sequence[str]) -> None:
    """Writes a page as PDF."""
    styles = getSampleStyleSheet()
    flow = [Paragraph(html.escape(title), styles["Title"])]
    flow += [Paragraph(html.escape(each, quote=False), styles["BodyText"]) for each in paragraphs]
    SimpleDocTemplate(str(place.with_suffix(".pdf")), title=title, invariant=1).build(flow)


FORMS: Mapping[str, Callable[[Path, str, Sequence[str]], None]] = {
    "md": write_markdown,
    "html": write_html,
    "pdf": write_pdf,
}
