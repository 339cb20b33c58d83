import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from bot.terminal.printing import WIDTH, print_answer
from knowledge.glossary import read_glossary
from knowledge.model import Answer, Citation, NearestSource, Note, Passage, Source
from tests.fakes import PASSAGES, WordOverlapAnswerer

RISKS = "What are the security risks of widely available model weights?"
MARKUP = "[red]Open[/nope] [link=https://evil.example]here[/link] [bold]\\[x]"


def printed(answer: Answer, width: int, *, styled: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        record=True,
        width=width,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
    )
    print_answer(console, answer)
    return console.export_text(styles=styled)


def flat(text: str) -> str:
    """The words alone: without the bars and line ends that a width brings."""
    return " ".join(text.replace("┃", " ").split())


def passage(source: Source, text: str = PASSAGES[0].chunk.text) -> Passage:
    chunk = replace(PASSAGES[0].chunk, text=text, source_id=source.id)
    return replace(PASSAGES[0], source=source, chunk=chunk)


def cited(source: Source, quote: str, link: str | None = None) -> Answer:
    citation = Citation(number=1, passage=passage(source, quote), quote=quote, start=0, link=link)
    return Answer(
        id="x",
        question="?",
        outcome="answered",
        mode="quoted",
        text=f"{source.title} (law):\n\n> {quote} [1]",
        citations=(citation,),
        build="b",
    )


@pytest.mark.parametrize("width", [40, 100, 300])
def test_an_answer_shows_quotes_sources_links_and_notes(width: int) -> None:
    answer = WordOverlapAnswerer().answer(RISKS)
    shown = printed(answer, width)
    for citation in answer.citations:
        assert flat(citation.quote) in flat(shown)
        assert f"[{citation.number}]" in shown
        assert citation.passage.source.title in flat(shown)
        assert citation.link is not None
        assert citation.link in "".join(shown.split())
    assert "This is not legal advice." in flat(shown)
    assert "revoked 2025-01-20" in flat(shown)
    assert f"build {answer.build}" in flat(shown)


@pytest.mark.parametrize("width", [20, 40, 100, 300])
def test_no_line_is_wider_than_the_terminal_but_that_of_an_address(width: int) -> None:
    address = "https://a.example/" + "z" * 300
    long = Source(id="s", title="Title " * 60 + "x" * 200, publisher="P" * 120, published="2024")
    for answer in (
        WordOverlapAnswerer().answer(RISKS),
        cited(long, "wide 中文 " * 40 + "y" * 150, address),
    ):
        addresses = {citation.link for citation in answer.citations}
        lines = printed(answer, width).splitlines()
        words = [line for line in lines if line.strip() not in addresses]
        assert len(lines) - len(words) == len(addresses)
        assert max(cell_len(line) for line in words) <= min(width, WIDTH)


@pytest.mark.parametrize("width", [40, 100])
def test_what_may_be_wrong_with_an_answer_is_told_first(width: int) -> None:
    answer = WordOverlapAnswerer().answer(RISKS)
    doubt = Note(code="closest", text="This may not answer it.")
    lines = printed(replace(answer, notes=(*answer.notes, doubt)), width).splitlines()
    assert [line.strip() for line in lines[:2]] == [doubt.text, ""]
    assert flat("\n".join(lines)).count(doubt.text) == 1
    assert flat(printed(answer, width)) in flat("\n".join(lines))


@pytest.mark.parametrize("width", [40, 100])
def test_silence_shows_the_nearest_sources(width: int) -> None:
    answer = WordOverlapAnswerer().answer("Sourdough?")
    shown = flat(printed(answer, width))
    for nearest in answer.nearest:
        assert nearest.title in shown
        assert flat(nearest.quote) in shown
    assert "Sources" not in shown


@pytest.mark.parametrize("width", [50, 100])
def test_markup_in_titles_quotes_and_publishers_is_only_text(width: int) -> None:
    source = Source(id="s", title=MARKUP, publisher=MARKUP)
    answer = cited(source, f"{MARKUP} words")
    shown = flat(printed(answer, width))
    assert shown.count(MARKUP) == 4
    silent = replace(
        answer,
        outcome="abstained",
        text="Nothing.",
        citations=(),
        nearest=(NearestSource(source_id="s", title=MARKUP, url=None, quote=MARKUP),),
    )
    assert flat(printed(silent, width)).count(MARKUP) == 2
    assert "evil.example" not in "".join(links(answer) + links(silent))


def links(answer: Answer) -> list[str]:
    """The addresses that a click in the terminal opens."""
    return re.findall(r"\x1b\]8;[^;]*;([^\x1b]+)\x1b", printed(answer, 100, styled=True))


def test_marks_and_places_lead_to_the_quote() -> None:
    link = "https://a.example/act#:~:text=Some%20words"
    answer = cited(Source(id="s", title="Act", url="https://a.example/act"), "Some words.", link)
    assert set(links(answer)) == {link}
    assert links(cited(Source(id="s", title="Act"), "Some words.")) == []


def test_a_local_source_shows_its_page_and_heading() -> None:
    shown = flat(printed(cited(Source(id="s", title="Act"), "Some words."), 100))
    assert "page 26, Sec. 4.6." in shown


@pytest.mark.parametrize("text", ["", "> ", "> no mark at all", "plain\n\n\n\n> a [9]"])
def test_a_text_of_any_shape_is_printed(text: str) -> None:
    answer = replace(WordOverlapAnswerer().answer("Sourdough?"), text=text, nearest=())
    assert printed(answer, 40) is not None


def test_terms_of_the_glossary_are_one_line_below_the_answer() -> None:
    glossary = read_glossary(Path(__file__).parents[1] / "fixtures" / "corpus" / "glossary.toml")
    answer = WordOverlapAnswerer().answer(RISKS)
    terms = glossary.used_in(["Open weights and systemic risk."])
    console = Console(file=io.StringIO(), record=True, width=120)
    print_answer(console, answer, terms)
    lines = console.export_text().splitlines()
    place = lines.index("Terms: systemic risk · open weights")
    assert lines[place + 1].endswith("python -m knowledge glossary TERM")
    assert "Terms:" not in printed(answer, 120)
