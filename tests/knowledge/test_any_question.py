"""Whatever is asked in the words of the library, every quote shown stands in a document."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.__main__ import main
from knowledge.answer import Answerer
from knowledge.choosing import MAX_QUOTES, MOST_CHARACTERS
from knowledge.index import SnapshotKeeper
from knowledge.labels import citation_label
from knowledge.library import Library, connect_library
from knowledge.licences import OPEN_CHARACTERS, quote_limit
from knowledge.model import Answer, Document
from knowledge.policy.replies import DEEDS, MORE, WHY, refusal
from knowledge.search import Searcher
from knowledge.sides import MOST_ARGUED
from tests.fakes import WordEncoder

FIXTURES = Path(__file__).parents[1] / "fixtures"
OPENINGS = (
    "", "What is", "How many", "Who", "When does", "Should", "Is it true that", "what does",
    "Article 7", "art. 1 (2)", "the old version of", "why", "define", "PLEASE", "not", "2025",
)  # fmt: skip
ENDINGS = ("", "?", "!", " …", "?!", "\n\nthanks", ' "quoted"', " 🙂", " (a)", ":", " -- ' OR 1=1")
EXPLANATIONS = {*MORE.values(), *(refusal(rule, language) for rule in DEEDS for language in WHY)}

Documents = dict[str, Document]


def held(library: Library) -> Documents:
    """The documents of a library, by source."""
    found = {}
    for holding in library.holdings():
        document = library.document(holding.source.id)
        assert document is not None
        found[holding.source.id] = document[0]
    return found


def questions(documents: Documents, count: int, seed: int) -> Iterator[str]:
    """Words of the library in any order, in runs as they stand there, cut and misspelt."""
    dice = random.Random(seed)  # noqa: S311 - the same questions every time
    texts = list(documents.values())
    for _ in range(count):
        parts = [dice.choice(OPENINGS)]
        for _ in range(dice.randint(1, 4)):
            words = dice.choice(texts).text.split()
            first = dice.randrange(len(words))
            part = " ".join(words[first : first + dice.randint(1, 6)])
            at = dice.randrange(len(part))
            parts.append(part if dice.random() < 0.8 else part[:at] + part[at + 1 :])
        asked = f"{' '.join(parts)}{dice.choice(ENDINGS)}"
        yield dice.choice((asked, asked.lower(), asked.upper()))


def check(answer: Answer, documents: Documents) -> None:
    """The answer shows nothing that does not stand in the library, where it says that it does."""
    for citation in answer.citations:
        chunk, source = citation.passage.chunk, citation.passage.source
        document = documents[source.id]
        place = chunk.start + citation.start
        assert document.text.startswith(citation.quote, place)
        assert citation.page == (sum(start <= place for start in document.page_starts) or None)
        assert len(citation.quote) <= quote_limit(source)
    quotes = [line for line in answer.text.split("\n\n") if line.startswith("> ")]
    assert len(quotes) == len(answer.citations) <= MAX_QUOTES + MOST_ARGUED
    labels = set()
    for line, citation, before in zip(
        quotes, answer.citations, (None, *answer.citations), strict=False
    ):
        flat = " ".join(citation.quote.split())
        assert re.fullmatch(rf"> (… )?{re.escape(flat)}( …)? \[{citation.number}\]", line)
        labels.add(f"{citation_label(citation, after=before)}:")
    if answer.citations:
        others = {each for each in answer.text.split("\n\n") if not each.startswith("> ")}
        if answer.outcome == "declined":
            others -= EXPLANATIONS
        assert others <= labels
    # the other side of a debate may come on top
    total = sum(len(citation.quote) for citation in answer.citations)
    assert total <= MOST_CHARACTERS + OPEN_CHARACTERS
    for nearest in answer.nearest:
        assert nearest.quote in documents[nearest.source_id].text


def ask(searcher: Searcher, documents: Documents, count: int, seed: int) -> int:
    """Asks so many questions and says how many were answered; those by default and those not."""
    always, default = Answerer(searcher, least_confidence=0.0), Answerer(searcher)
    answered = 0
    for number, question in enumerate(questions(documents, count, seed)):
        answer = (default if number % 4 == 0 else always).answer(question)
        try:
            check(answer, documents)
        except AssertionError as error:
            error.add_note(f"asked: {question!r}")
            raise
        answered += answer.outcome == "answered"
    return answered


def test_a_thousand_questions_get_only_verbatim_quotes_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = WordEncoder()
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("ingest.commands.open_encoder", lambda _settings: encoder)
    places = (FIXTURES / "library", FIXTURES / "documents" / "statute.pdf")
    assert main(["add", *map(str, places), "--quiet"]) == 0
    library = Library(connect_library(tmp_path))
    searcher = Searcher(encoder=encoder, snapshots=SnapshotKeeper(tmp_path, lambda _: None))
    assert ask(searcher, held(library), 1000, seed=1) > 700
    searcher.close()
    library.close()


def test_questions_get_only_verbatim_quotes_with_the_real_encoder_too(
    shelves: tuple[Library, Searcher],
) -> None:
    library, searcher = shelves
    assert ask(searcher, held(library), 60, seed=2) > 40


@pytest.mark.slow
def test_a_thousand_questions_get_only_verbatim_quotes_with_the_real_encoder(
    shelves: tuple[Library, Searcher],
) -> None:
    library, searcher = shelves
    assert ask(searcher, held(library), 1000, seed=3) > 700
