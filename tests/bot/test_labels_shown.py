"""How the lines above quotes, which name source and place, show on Discord."""

from bot.message.render import render_answer
from bot.words import words_for
from knowledge.labels import citation_label
from knowledge.model import Answer, Chunk, Citation, Passage, Source


def answer_of(*parts: tuple[Source, str, str, int | None]) -> Answer:
    """An answer with a quote for each source, quote, heading and page, as Caveat words it."""
    found = []
    for number, (source, quote, heading, page) in enumerate(parts, start=1):
        chunk = Chunk(
            id=f"c{number}",
            source_id=source.id,
            text=quote,
            start=0,
            end=len(quote),
            ordinal=number,
            page=page,
            heading_path=(heading,) if heading else (),
        )
        passage = Passage(chunk=chunk, source=source, score=1, similarity=1)
        found.append(Citation(number=number, passage=passage, quote=quote, start=0))
    lines: list[str] = []
    for before, citation in zip((None, *found), found, strict=False):
        label = citation_label(citation, after=before)
        lines += [f"{label}:"] if label else []
        lines.append(f"> … {citation.quote} [{citation.number}]")
    return Answer(
        id="1",
        question="?",
        outcome="answered",
        mode="quoted",
        text="\n\n".join(lines),
        citations=tuple(found),
    )


ORDER = Source(
    id="o", title="Order *88*", kind="government", status="revoked", status_date="2025-08-14"
)


def test_above_its_quotes_a_source_is_bold_with_a_warning_and_each_place_is_slanted() -> None:
    answer = answer_of(
        (ORDER, "First words.", "Section 1 [1]", 3),
        (ORDER, "Second words.", "Section 1 [1]", 3),
        (ORDER, "Third words.", "Section 2 *new*", 4),
        (Source(id="n", title="Note"), "Last words.", "", None),
    )
    assert render_answer(answer, words=words_for("en")).embeds[0].description == (
        "🏛️ **Order \\*88\\***\n⚠️ revoked 14 Aug 2025\n*Section 1 \\[1\\], page 3*\n"
        "> … First words. \\[1\\]\n\n"
        "> … Second words. \\[2\\]\n\n"
        "*Section 2 \\*new\\*, page 4*\n"
        "> … Third words. \\[3\\]\n\n"
        "📄 **Note**\n"
        "> … Last words. \\[4\\]"
    )


def test_an_answer_too_long_to_show_whole_keeps_its_short_labels() -> None:
    source = Source(id="l", title="Long", licence="CC BY 4.0")
    quotes = [f"Quote {number} " + f"goes on and on, part {number}, " * 12 for number in range(9)]
    parts = [(source, quote, f"Part {n}", n) for n, quote in enumerate(quotes, start=1)]
    for embeds in (True, False):
        reply = render_answer(answer_of(*parts), words=words_for("en"), embeds=embeds)
        shown = reply.embeds[0].description if embeds else reply.content
        assert shown is not None
        assert shown.startswith("📄 **Long**\n*Part 1, page 1*\n> … Quote 0 ")
        assert "(document" not in shown
