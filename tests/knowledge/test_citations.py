import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.citations import cite, deep_link, heading_anchor
from knowledge.model import Chunk, Citation, Passage, Source

PAGE = "https://example.org/report"
PDF = "https://example.org/report.pdf"
TEXT = "Weights cannot be recalled. Safeguards can be removed; nobody notices."


def passage(text: str = TEXT, *, url: str | None = PAGE, page: int | None = None) -> Passage:
    source = Source(id="report", title="Report", url=url)
    chunk = Chunk(
        id="c", source_id="report", text=text, start=0, end=len(text), ordinal=0, page=page
    )
    return Passage(chunk=chunk, source=source, score=1.0, similarity=1.0)


def link(quote: str, url: str | None = PAGE, *, page: int | None = None) -> str | None:
    return deep_link(passage(quote, url=url, page=page), 0, len(quote))


def directives(url: str | None) -> list[list[str]]:
    """The decoded parts of each directive of an address, their dashes left on."""
    assert url is not None
    _, found, fragment = url.partition("#:~:")
    assert found
    assert all(each.startswith("text=") for each in fragment.split("&"))
    return [
        [unquote(part) for part in each.removeprefix("text=").split(",")]
        for each in fragment.split("&")
    ]


@pytest.mark.parametrize("quote", ["", "weights cannot", "Safeguards can be removed, nobody"])
def test_a_citation_of_words_its_passage_lacks_cannot_be_built(quote: str) -> None:
    with pytest.raises(ValueError, match="does not hold the quote"):
        Citation(number=1, passage=passage(), quote=quote, start=0)


def test_a_citation_of_words_that_stand_elsewhere_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="citation 2"):
        Citation(number=2, passage=passage(), quote="Safeguards", start=0)


@given(text=st.text(min_size=1), data=st.data())
def test_a_citation_quotes_its_passage_verbatim(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert cite(passage(text), start, end, number=1).quote == text[start:end]


def test_a_citation_knows_page_and_headings_of_its_own_beginning() -> None:
    place = TEXT.index("Safeguards")
    chunk = replace(
        passage(page=3).chunk,
        page_breaks=((place, 4),),
        heading_path=("A",),
        heading_breaks=((place, ("A", "B")),),
    )
    found = cite(replace(passage(url=PDF), chunk=chunk), place, len(TEXT), number=1)
    assert (found.page, found.heading_path, found.link) == (4, ("A", "B"), f"{PDF}#page=4")


@pytest.mark.parametrize(
    "url",
    [
        None,
        "file:///home/me/report.pdf",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "report.pdf",
        "/srv/report.pdf",
        "",
        "http://[broken",
    ],
)
def test_what_is_no_web_address_gives_no_link(url: str | None) -> None:
    assert link("Some words", url) is None
    assert brief_link(url) is None


def brief_link(url: str | None) -> str | None:
    brief = Source(id="brief", title="Brief", url=url, kind="brief")
    return deep_link(replace(passage("Some words"), source=brief), 0, 10)


def test_a_pdf_opens_at_its_page() -> None:
    assert link("Some words", PDF, page=7) == f"{PDF}#page=7"
    arxiv = "https://arxiv.org/pdf/2403.07918"
    assert link("Some words", arxiv, page=2) == f"{arxiv}#page=2"
    assert link("Some words", f"{PDF}#page=1", page=9) == f"{PDF}#page=9"


def test_a_document_with_pages_at_an_address_that_is_no_pdf_opens_at_its_beginning() -> None:
    assert link("Some words", PAGE, page=7) == PAGE


def test_an_anchor_is_where_a_page_opens_that_lacks_the_words() -> None:
    assert link("Some words", f"{PAGE}#art_53") == f"{PAGE}#art_53:~:text=Some%20words"
    assert link("Some words", f"{PAGE}#:~:text=Other") == f"{PAGE}#:~:text=Some%20words"


def test_a_brief_leads_to_its_main_source_as_it_is() -> None:
    assert brief_link(f"{PAGE}#top") == f"{PAGE}#top"


def test_characters_with_a_meaning_in_links_are_encoded() -> None:
    found = link("open, non-free & closed\n\nweights")
    assert found is not None
    assert found.startswith(f"{PAGE}#:~:text=open%2C%20non%2Dfree%20%26%20closed,weights&text=")


def test_a_long_quote_is_linked_by_its_ends() -> None:
    quote = " ".join(f"word{number}" for number in range(60))
    start, end = directives(link(quote))[0]
    assert quote.startswith(start)
    assert quote.endswith(end)


def test_what_stands_before_a_quote_tells_it_from_the_same_words_elsewhere() -> None:
    text = "It held so. Copies cannot be called back. The court held: Copies cannot be called back."
    start = text.rindex("Copies")
    found = cite(passage(text), start, len(text), number=1).link
    assert directives(found)[0] == ["The court held:-", "Copies cannot be called back"]


def test_what_stands_behind_it_does_so_for_the_first_words_of_a_passage() -> None:
    text = "Copies cannot be called back. Nobody disputes it."
    found = cite(passage(text), 0, len("Copies cannot be called back."), number=1).link
    assert directives(found)[0] == ["Copies cannot be called back.", "-Nobody disputes it"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("- Weights are published in full today", "Weights"),
        ("12. Weights are published in full today", "Weights"),
        ("(a) Weights are published in full today", "Weights"),
        ("- (iv) Weights are published in full today", "Weights"),
        ("2.1 Weights are published in full today", "2.1 Weights"),
    ],
)
def test_marks_that_a_list_may_draw_are_not_looked_for(text: str, start: str) -> None:
    assert directives(link(text))[0][-1].startswith(start)


def test_a_range_spans_the_cells_of_a_row_and_no_part_of_it_does() -> None:
    first = directives(link("Very large model | Report within two weeks | Yes, soon"))[0]
    assert first == ["Very large model", "Yes, soon"]


def test_only_whole_words_are_looked_for() -> None:
    text = "Article 3.1 of it isn't binding on anybody"
    found = cite(passage(text), len("Article 3."), len(text) - len("body"), number=1).link
    assert directives(found)[0][-1] == "of it isn't binding on"


def test_a_quote_without_words_leads_to_the_page() -> None:
    assert link("* * *") == PAGE
    assert link("* * *", f"{PAGE}#art_53") == f"{PAGE}#art_53"


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Scope & purpose: open-weight models", "scope--purpose-open-weight-models"),
        ("1.2 What's new? (draft_2)", "12-whats-new-draft_2"),
        ("Größe / naïve", "gr%C3%B6%C3%9Fe--na%C3%AFve"),
        ("  Spaces  ", "spaces"),
        ("?!", ""),
        ("very " * 40, ""),
    ],
)
def test_a_heading_has_the_anchor_that_github_gives_it(heading: str, anchor: str) -> None:
    assert heading_anchor(heading) == anchor


@pytest.mark.parametrize("name", ["README.md", "a/README.markdown", "README.MD"])
def test_markdown_opens_at_its_heading_when_it_lacks_the_words(name: str) -> None:
    url = f"https://github.com/o/r/blob/main/{name}?plain=0"
    chunk = replace(passage("Some words").chunk, heading_path=("Guide", "Use it"))
    found = replace(passage(url=url), chunk=chunk)
    assert deep_link(found, 0, 10) == f"{url}#use-it:~:text=Some%20words"
    assert link("Some words", url) == f"{url}#:~:text=Some%20words"


def test_other_pages_have_no_anchor_made_for_them() -> None:
    chunk = replace(passage("Some words").chunk, heading_path=("Use it",))
    assert deep_link(replace(passage(), chunk=chunk), 0, 10) == f"{PAGE}#:~:text=Some%20words"


TEXTS = st.text(min_size=1, max_size=500) | st.text(
    alphabet="ab 1.,-|&(…)'“é用Ж\n", min_size=1, max_size=500
)


@given(text=TEXTS, data=st.data())
def test_every_quote_gives_a_short_valid_link_that_decodes_to_words_of_its_passage(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = cite(passage(text), start, end, number=1).link
    assert found is not None
    assert re.fullmatch(r"[A-Za-z0-9:/.,&=~#%_-]+", found)
    assert len(found) - len(PAGE) < 300
    flat = " ".join(text.split())
    if found == PAGE:
        return
    for parts in directives(found):
        bare = [part.removesuffix("-").removeprefix("-") for part in parts]
        assert all(part and part in flat for part in bare)
        # only the first part may end with a dash, only the last begin with one
        assert 1 <= len(parts) <= 4


@given(quote=st.lists(st.sampled_from(["open", "weights", "R&D", "a-b", "Größe", "1,5"])))
def test_every_part_that_is_no_context_is_of_the_quote(quote: list[str]) -> None:
    text = f"Before that. {' '.join(quote)} and more. After it."
    start, end = len("Before that. "), text.index(" After")
    for parts in directives(cite(passage(text), start, end, number=1).link):
        own = [part for part in parts if part[-1] != "-" and part[0] != "-"]
        assert own
        assert all(part in text[start:end] for part in own)


@pytest.mark.parametrize(
    "url", ["https://example.org/a b", "https://example.org/a\nb", "https://example.org/\x1b]8"]
)
def test_a_careless_address_cannot_carry_spaces_or_controls_into_a_link(url: str) -> None:
    for found in (link("Some words", url), brief_link(url)):
        assert found is None or (found.isprintable() and " " not in found)
