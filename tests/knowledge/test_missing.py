"""Holes between the numbered provisions of a text."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.missing import missing_provisions
from knowledge.model import Source
from knowledge.quoting import rank_sentences
from knowledge.references import own_references
from knowledge.search import find
from tests.fakes import WordEncoder
from tests.knowledge.shelf import opened

Missing = Callable[..., tuple[str, ...]]
ARTICLES = {
    number: f"Harbour masters keep register number {number} of moored vessels."
    for number in range(1, 13)
}
ARTICLES[3] = "Pilots of moored vessels are licensed pursuant to Article 8 of this Regulation."
ARTICLES[5] = "Anchors are weighed pursuant to Article 8 of Directive 2002/58/EC."
ARTICLES[8] = "A pilot holds a licence when she has passed the examination."


def article(number: int) -> tuple[Source, str]:
    return Source(id=f"a{number}", title=f"Article {number}"), ARTICLES[number]


@pytest.fixture
def missing(tmp_path: Path) -> Iterator[Missing]:
    """What is missing for a question, over a regulation with an article a source."""
    snapshot = opened(tmp_path, [article(number) for number in ARTICLES])

    def ask(question: str, *hidden: str) -> tuple[str, ...]:
        found = find(snapshot, WordEncoder(), question, limit=1, hidden=hidden)
        assert found is not None
        return missing_provisions(found, rank_sentences(found))

    yield ask
    snapshot.close()


def test_a_whole_text_misses_nothing(missing: Missing) -> None:
    assert missing("pilots licensed vessels") == ()


def test_a_passage_that_points_to_a_lacking_article_tells_of_it(missing: Missing) -> None:
    assert missing("pilots licensed pursuant", "a8") == ("article 8",)


def test_a_reference_to_another_law_is_no_hole(missing: Missing) -> None:
    assert missing("anchors weighed", "a8") == ()


def test_a_passage_right_beside_a_lacking_article_tells_of_it(missing: Missing) -> None:
    assert missing("register number 7", "a8") == ("article 8",)
    assert missing("register number 10", "a8") == ()


def test_an_excerpt_has_no_holes(missing: Missing) -> None:
    assert missing("pilots licensed pursuant", "a2", "a4", "a6", "a8") == ()


def test_what_stands_behind_the_last_number_is_no_hole(missing: Missing) -> None:
    assert missing("register number 11", "a12") == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("pursuant to Article 23(1), point (a), of this Regulation", ("article 23(1)",)),
        ("as set out in Article 9, the provider shall", ("article 9",)),
        ("in accordance with Article 6(2) and (3) of Regulation (EU) 2016/679", ()),
        ("Articles 53 and 55 of the Charter", ()),
        ("under Article 16 TFEU", ()),
        ("Article 5(1), first subparagraph, points (a) to (c), of Directive 2002/58/EC", ()),
    ],
)
def test_only_references_inside_the_same_text_are_its_own(
    text: str, named: tuple[str, ...]
) -> None:
    assert own_references(text) == named
