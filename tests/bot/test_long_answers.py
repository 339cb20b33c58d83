"""Long answers go on in further messages; no citation is torn or lost on the way."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.message.escape import escape, size
from bot.message.marked import Look, marked_paragraphs
from bot.message.pieces import MOST_PIECES, packed
from bot.message.question_line import read, write
from bot.message.render import Reply, render_answer
from bot.words import words_for
from knowledge.labels import citation_label
from knowledge.model import Answer, Chunk, Citation, Note, Passage, Source

ENGLISH = words_for("en")
WORDS = st.text("abcdefghij äöü*_[]()>#@:/😀", min_size=1, max_size=12)
QUOTES = st.lists(WORDS, min_size=1, max_size=80).map(
    lambda words: " ".join(" ".join(words).split())[:700].strip() or "x"
)


@st.composite
def cited_answers(draw: st.DrawFn) -> Answer:
    """Answers as the core words them, up to twice as long as it ever does."""
    found = []
    for number, quote in enumerate(draw(st.lists(QUOTES, min_size=1, max_size=10)), start=1):
        source = Source(
            id=draw(st.sampled_from("abcd")),
            title=draw(st.text(max_size=150)),
            kind="law",
            url="https://law.example/" + "x" * draw(st.integers(0, 300)),
            status=draw(st.sampled_from(["in-force", "revoked"])),
        )
        heading = draw(st.lists(st.text("Section 12", max_size=60), max_size=1))
        chunk = Chunk(
            id=f"c{number}",
            source_id=source.id,
            text=quote,
            start=0,
            end=len(quote),
            ordinal=number,
            heading_path=tuple(heading),
        )
        passage = Passage(chunk=chunk, source=source, score=1, similarity=1)
        link = f"{source.url}#:~:text=" + "y" * draw(st.integers(0, 400))
        found.append(Citation(number=number, passage=passage, quote=quote, start=0, link=link))
    lines: list[str] = []
    for before, citation in zip((None, *found), found, strict=False):
        label = citation_label(citation, after=before)
        lines += [f"{label}:"] if label else []
        lines.append(f"> {citation.quote} [{citation.number}]")
    return Answer(
        id="1",
        question=draw(st.text(min_size=1, max_size=500)),
        outcome="answered",
        mode="quoted",
        text="\n\n".join(lines),
        citations=tuple(found),
        notes=(Note(code="not-advice", text="", values={"date": "2026-11-23"}),),
        build="20261123T202033Z-1",
    )


def messages(reply: Reply) -> list[Reply]:
    return [reply, *reply.rest]


def parts(reply: Reply) -> list[str]:
    """What each message shows, apart from footers."""
    return [
        "\n\n".join([each.content or "", *(embed.description or "" for embed in each.embeds)])
        for each in messages(reply)
    ]


def check_sizes(reply: Reply) -> None:
    assert len(messages(reply)) <= MOST_PIECES + 1
    for each in messages(reply):
        assert each.content or each.embeds
        assert size(each.content or "") <= 2000
        shown = [embed.description or "" for embed in each.embeds]
        assert all(0 < size(text) <= 4096 for text in shown)
        footers = sum(size(embed.footer.text or "") for embed in each.embeds)
        assert sum(map(size, shown)) + footers <= 6000


@settings(max_examples=150, deadline=None)
@given(answer=cited_answers(), embeds=st.booleans(), echo=st.booleans())
def test_every_quote_stands_whole_in_one_message_with_its_mark(
    answer: Answer, *, embeds: bool, echo: bool
) -> None:
    reply = render_answer(answer, words=ENGLISH, embeds=embeds, echo=echo)
    check_sizes(reply)
    shown = parts(reply)
    for citation in answer.citations:
        mark = rf"(?:\\\[{citation.number}\\\]|\[\[{citation.number}\]\]\(https://[^)\s]+\))"
        quote = re.compile(rf"^> {re.escape(escape(citation.quote))} {mark}$", re.MULTILINE)
        assert sum(bool(quote.search(part)) for part in shown) >= 1
    if echo and answer.question.strip():
        first = reply.embeds[0].description if embeds else reply.content
        assert read(first) == answer.question
    assert all(each.answer is None for each in reply.rest)
    assert reply.answer is answer


@settings(max_examples=100, deadline=None)
@given(answer=cited_answers(), embeds=st.booleans())
def test_every_source_is_named_with_its_link_below_the_answer(
    answer: Answer, *, embeds: bool
) -> None:
    last = parts(render_answer(answer, words=ENGLISH, embeds=embeds))[-1]
    for citation in answer.citations:
        assert f"[{citation.number}" in last
    for source_id in {citation.passage.source.id for citation in answer.citations}:
        first = next(each for each in answer.citations if each.passage.source.id == source_id)
        assert f"]({first.passage.source.url}" in last


@settings(max_examples=150, deadline=None)
@given(
    text=st.lists(st.one_of(WORDS, st.sampled_from(["[1]", "text.[2]", "[12]"]))).map(" ".join),
    limit=st.integers(60, 300),
)
def test_a_paragraph_without_end_goes_on_between_words(text: str, limit: int) -> None:
    look = Look(cited={}, labels={})
    shown = marked_paragraphs(text, look, limit)
    assert all(0 < size(part) <= limit for part in shown)
    if not text.startswith(">"):
        read_back = re.sub(r"\\(.)", r"\1", " ".join(shown))
        assert read_back.split() == text.split()
        marks = re.findall(r"\[(?:1|2|12)\]", text)
        assert len(re.findall(r"\\\[(?:1|2|12)\\\]", "\n".join(shown))) == len(marks)


@given(st.lists(st.text("ab", max_size=30), max_size=40), st.integers(30, 60))
def test_packing_tears_no_paragraph_and_has_a_bound(paragraphs: list[str], limit: int) -> None:
    pieces = packed(paragraphs, limit)
    assert len(pieces) <= MOST_PIECES
    assert all(0 < size(piece) <= limit for piece in pieces)
    kept = [paragraph for piece in pieces for paragraph in piece.split("\n\n")]
    whole = [paragraph for paragraph in paragraphs if paragraph]
    assert kept in (whole[: len(kept)], [*whole[: len(kept) - 1], "…"])


def test_an_answer_of_usual_length_is_one_message() -> None:
    quote = "A sentence of the law that says what is to be done. " * 6
    answer = usual(quote.strip(), count=6)
    reply = render_answer(answer, words=ENGLISH, echo=True)
    assert reply.rest == ()
    assert len(reply.embeds) == 2
    assert write(answer.question) in (reply.embeds[0].description or "")


def usual(quote: str, count: int) -> Answer:
    source = Source(id="a", title="An act", kind="law", url="https://law.example/act")
    chunk = Chunk(id="c", source_id="a", text=quote, start=0, end=len(quote), ordinal=0)
    passage = Passage(chunk=chunk, source=source, score=1, similarity=1)
    link = "https://law.example/act#:~:text=" + "A%20sentence" * 15
    found = tuple(
        Citation(number=number, passage=passage, quote=quote, start=0, link=link)
        for number in range(1, count + 1)
    )
    return Answer(
        id="1",
        question="What is to be done?",
        outcome="answered",
        mode="quoted",
        text="\n\n".join(f"> {quote} [{each.number}]" for each in found),
        citations=found,
    )
