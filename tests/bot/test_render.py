import re
from dataclasses import replace

import discord
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.message.cited import CitedPassage
from bot.message.escape import public_url, size
from bot.message.exhibit import exhibit
from bot.message.licence import public_excerpt
from bot.message.render import Reply, render_answer
from bot.state import Evidence
from bot.words import words_for
from knowledge.labels import citation_label
from knowledge.model import Answer, Chunk, Citation, NearestSource, Note, Passage, Source

ENGLISH = words_for("en")
HOSTILE = st.sampled_from(
    [
        "@everyone",
        "@here",
        "<@123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "</ask:123456789012345678>",
        "<t:1700000000:R>",
        "<:party:123456789012345678>",
        ":smile:",
        "[click](https://evil.example)",
        "[1](https://evil.example)",
        "](https://evil.example)",
        "[[1]](https://evil.example)",
        "https://evil.example/x",
        "<https://evil.example>",
        "discord.gg/evil",
        "||hidden||",
        "# big\n",
        "-# small\n",
        "- item\n",
        "1. item\n",
        "> quote [1]\n\n",
        ">>> all\n",
        "```code```",
        "`code`",
        "**bold** __under__ ~~gone~~ *it*",
        "\\",
        "\u202eevil",
        "@\u200beveryone",
        "@every\u200bone",
        "@\u202eeveryone",
        "\u200b@here",
        "https\u200b://evil.example",
        "ht\ufefftps://evil.example",
        "disc\u2066ord.gg/evil",
        "discord.com/invite/evil",
        "[a\u200b]\u200b(https://evil.example)",
        "[x]\n(https://evil.example)",
        "\u200f# right\u200f",
        "<\u200b@123456789012345678>",
        "\u05d0\u05d1 [1] \u05d2",
        "[1]",
        "[2]",
        "\n\n",
        "😀" * 50,
        "long " * 300,
    ]
)
TEXTS = st.lists(st.one_of(HOSTILE, st.text(max_size=30)), max_size=12).map("".join)
FILLED = TEXTS.filter(bool)
URLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "https://law.example/act_(2024)#page=3",
            "https://law.example/a b\\)[x](https://evil.example)",
            "https://law.example/" + "x" * 3000,
            "https://law.example/page#:~:text=" + "word%20" * 200,
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://[broken",
        ]
    ),
)
DATES = st.one_of(st.none(), st.sampled_from(["2024", "2024-07", "2024-07-12", "soon"]))
MAYBE = st.one_of(st.none(), TEXTS)


@st.composite
def sources(draw: st.DrawFn) -> Source:
    return Source(
        id=draw(st.sampled_from("abcdef")),
        title=draw(TEXTS),
        url=draw(URLS),
        publisher=draw(MAYBE),
        kind=draw(st.sampled_from(["law", "advocacy", "other"])),
        stance=draw(st.sampled_from(["mixed", "neutral", "favours-openness"])),
        jurisdiction=draw(MAYBE),
        published=draw(DATES),
        status=draw(st.sampled_from(["in-force", "revoked", "unknown", "draft"])),
        status_date=draw(DATES),
        superseded_by=draw(MAYBE),
        licence=draw(st.sampled_from([None, "CC BY 4.0", "All rights reserved"])),
    )


@st.composite
def citations(draw: st.DrawFn) -> tuple[Citation, ...]:
    found = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        text = draw(FILLED)
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        chunk = Chunk(
            id=draw(st.sampled_from("xyz")),
            source_id="a",
            text=text,
            start=0,
            end=len(text),
            ordinal=0,
            page=draw(st.one_of(st.none(), st.integers(1, 9999))),
            heading_path=tuple(draw(st.lists(TEXTS, max_size=3))),
        )
        passage = Passage(chunk=chunk, source=draw(sources()), score=0.5, similarity=0.5)
        quote = text[start:end]
        found.append(
            Citation(number=number, passage=passage, quote=quote, start=start, link=draw(URLS))
        )
    return tuple(found)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    return Answer(
        id="a1",
        question=draw(TEXTS),
        outcome=draw(st.sampled_from(["answered", "abstained", "declined", "smalltalk"])),
        mode=draw(st.sampled_from(["quoted", "written"])),
        text=draw(TEXTS),
        citations=draw(citations()),
        nearest=tuple(
            NearestSource(source_id="n", title=draw(TEXTS), url=draw(URLS), quote=draw(TEXTS))
            for _ in range(draw(st.integers(0, 4)))
        ),
        notes=tuple(Note(code="other", text=text) for text in draw(st.lists(TEXTS, max_size=3))),
        build=draw(MAYBE),
    )


def allowed_links(answer: Answer) -> set[str]:
    urls = [url for each in answer.citations for url in (each.link, each.passage.source.url)]
    urls += [nearest.url for nearest in answer.nearest]
    return {safe for url in urls if (safe := public_url(url))}


def check_markdown(text: str, links: set[str]) -> None:
    """Discord's rules are checked on the text, and CommonMark's by a parser of its own."""
    bare = re.sub(r"\\.", "¤", text, flags=re.DOTALL)  # what a backslash shows as it is
    targets = re.findall(r"\]\(([^)]*)\)", bare)
    assert set(targets) <= links
    bare = re.sub(r"\]\([^)]*\)", "]", bare)
    assert not re.search(r"@(everyone|here)", bare)
    assert "<" not in bare
    assert "://" not in bare
    assert "||" not in bare
    assert "`" not in bare
    assert "discord.gg" not in bare
    assert not re.search(r":\w+:", bare)
    assert not re.search(r"^(> )?\s*(#|-# .*-#|[-*+] |\d+[.)] |>>>)", bare, re.MULTILINE)
    for token in MarkdownIt("commonmark").parse(text):
        for child in token.children or []:
            if child.type == "link_open":
                assert child.attrs["href"] in links


def check_embeds(embeds: list[discord.Embed] | tuple[discord.Embed, ...], links: set[str]) -> None:
    total = 0
    assert len(embeds) <= 10
    for embed in embeds:
        title, text = embed.title or "", embed.description or ""
        footer, author = embed.footer.text or "", embed.author.name or ""
        assert size(title) <= 256
        assert 0 < size(text) <= 4096
        assert size(footer) <= 2048
        assert size(author) <= 256
        total += size(title) + size(text) + size(footer) + size(author)
        check_markdown(text, links)
        check_markdown(title, set())
        assert embed.url is None or embed.url in links
        assert not re.search("@(everyone|here)", footer + author)
    assert total <= 6000


@given(answers())
def test_no_answer_exceeds_a_limit_or_smuggles_in_markup(answer: Answer) -> None:
    reply = render_answer(answer, words=ENGLISH, echo=True)
    assert reply.content or reply.embeds
    check_embeds(reply.embeds, allowed_links(answer))
    check_content(reply, set())


@st.composite
def worded(draw: st.DrawFn) -> Answer:
    """Hostile answers in the form that Caveat words them."""
    answer = draw(answers())
    lines: list[str] = []
    for before, citation in zip((None, *answer.citations), answer.citations, strict=False):
        label = citation_label(citation, after=before)
        lines += [f"{label}:"] if label else []
        lines.append(f"> … {' '.join(citation.quote.split())} … [{citation.number}]")
    return replace(answer, text="\n\n".join(lines))


@given(worded())
def test_the_same_holds_for_answers_as_caveat_words_them(answer: Answer) -> None:
    check_embeds(render_answer(answer, words=ENGLISH).embeds, allowed_links(answer))
    check_content(render_answer(answer, words=ENGLISH, embeds=False), allowed_links(answer))


@given(answers())
def test_the_same_holds_without_embeds(answer: Answer) -> None:
    reply = render_answer(answer, words=ENGLISH, embeds=False)
    assert not reply.embeds
    check_content(reply, allowed_links(answer))


def check_content(reply: Reply, links: set[str]) -> None:
    for further in reply.rest:
        check_content(further, links)
        check_embeds(further.embeds, links)
    content = reply.content or ""
    assert size(content) <= 2000
    check_markdown(re.sub(r"^-# ", "", content, flags=re.MULTILINE), links)


@given(citations())
def test_the_same_holds_for_the_evidence(found: tuple[Citation, ...]) -> None:
    answer = Answer(
        id="1", question="", outcome="answered", mode="quoted", text="", citations=found
    )
    cited = tuple(CitedPassage.of(citation) for citation in found)
    for page in exhibit(
        Evidence(answer_id="1", asked_at="", build=None, cited=cited), words_for("de")
    ):
        check_embeds(page.embeds, allowed_links(answer))


@given(citations())
def test_a_reserved_text_never_shows_more_than_a_short_quote(found: tuple[Citation, ...]) -> None:
    for citation in found:
        cited = CitedPassage.of(citation)
        shown = public_excerpt(cited)
        if cited.licence != "CC BY 4.0" and (cited.licence or cited.kind != "law"):
            assert len(shown) <= 300
            assert cited.quote.startswith(shown.removesuffix("…"))
        else:
            assert shown == cited.passage


def test_sources_of_one_document_stand_together_with_a_link_for_each_place() -> None:
    text = "First sentence. Second sentence."
    source = Source(id="a", title="Act", url="https://law.example/act", kind="law")
    found = tuple(
        Citation(
            number=number,
            passage=Passage(
                chunk=Chunk(
                    id=f"c{number}",
                    source_id="a",
                    text=text,
                    start=0,
                    end=len(text),
                    ordinal=0,
                    page=80 + number,
                ),
                source=source,
                score=1,
                similarity=1,
            ),
            quote=quote,
            start=text.index(quote),
            link=f"https://law.example/act#page={80 + number}",
        )
        for number, quote in enumerate(("First sentence.", "Second sentence."), start=1)
    )
    answer = Answer(
        id="1",
        question="?",
        outcome="answered",
        mode="quoted",
        text="> First sentence. [1]\n\n> Second sentence. [2]",
        citations=found,
    )
    _, shown = render_answer(answer, words=ENGLISH).embeds
    assert shown.description == (
        "[[1]](https://law.example/act#page=81)[[2]](https://law.example/act#page=82) "
        "⚖️ **[Act](https://law.example/act)**\nLaw\np. 81, 82"
    )


def test_numbers_in_brackets_inside_a_quote_are_no_marks() -> None:
    text = "As shown in [1], models leak."
    source = Source(id="a", title="Paper", url="https://paper.example", licence="CC BY 4.0")
    chunk = Chunk(id="c", source_id="a", text=text, start=0, end=len(text), ordinal=0)
    passage = Passage(chunk=chunk, source=source, score=1, similarity=1)
    citation = Citation(
        number=1, passage=passage, quote=text, start=0, link="https://paper.example"
    )
    answer = Answer(
        id="1",
        question="?",
        outcome="answered",
        mode="quoted",
        text=f"> {text} [1]",
        citations=(citation,),
    )
    body, _ = render_answer(answer, words=ENGLISH).embeds
    assert body.description == "> As shown in \\[1\\], models leak. [[1]](https://paper.example)"
