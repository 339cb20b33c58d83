"""What a question says itself that an answer needs."""

from pathlib import Path

import pytest

from knowledge.answerable import can_bear
from knowledge.model import Source
from knowledge.quoting import rank_sentences
from knowledge.search import find
from tests.fakes import WordEncoder
from tests.knowledge.shelf import opened

LISTED = "The authority keeps a list of registered models and may amend the list."
DATED = "In 2026 the list of registered models held four models."
GALLEON = "The Galleon licence forbids selling registered models."
OTHERS = "Firms such as Galleon publish models. The Brig licence lets anyone sell models."
REVOKED = "The order on models was revoked by its successor."
ORDER = "The order on models sets reporting duties."


def bears(data_dir: Path, question: str, *texts: str) -> bool:
    shelf = [(Source(id=f"s{place}", title="of"), text) for place, text in enumerate(texts)]
    snapshot = opened(data_dir, shelf)
    found = find(snapshot, WordEncoder(), question, limit=10)
    assert found is not None
    held = can_bear(found, rank_sentences(found))
    snapshot.close()
    return held


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Which models are on the list of registered models right now?", LISTED, False),
        ("Which models are on the list of registered models right now?", DATED, True),
        ("Who keeps the list of registered models?", LISTED, True),
        ("Does Galleon's licence let me sell models?", OTHERS, False),
        ("Does Galleon's licence let me sell models?", GALLEON, True),
        ("What does the licence of Galleon say about models?", OTHERS, False),
        ("Does the Galleon licence let me sell models?", OTHERS, False),
        ("Does the Galleon License let me sell models?", GALLEON, True),
        ("Licence or not, may I sell models?", OTHERS, True),
        ("Is the order on models still in force?", ORDER, False),
        ("Is the order on models still in force?", REVOKED, True),
    ],
)
def test_an_answer_needs_what_its_question_says(
    tmp_path: Path, question: str, text: str, *, expected: bool
) -> None:
    assert bears(tmp_path, question, text) is expected


def test_the_title_of_a_source_names_the_document_asked_for(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path, [(Source(id="g", title="Galleon community terms"), "You may sell models.")]
    )
    found = find(snapshot, WordEncoder(), "Does Galleon's licence let me sell models?", limit=10)
    assert found is not None
    assert can_bear(found, rank_sentences(found))
    snapshot.close()


def test_another_law_that_is_in_force_does_not_tell_whether_this_one_is(tmp_path: Path) -> None:
    question = "Is the Galleon order on models still in force?"
    order = (Source(id="o", title="News of Galleon"), "Galleon signed the order on models.")
    law = (Source(id="l", title="A law", status="in-force"), "Orders on models need a law.")
    snapshot = opened(tmp_path, [order, law])
    found = find(snapshot, WordEncoder(), question, limit=10)
    assert found is not None
    ranked = rank_sentences(found)
    assert [each.passage.source.id for each in ranked[:2]] == ["o", "l"]
    assert not can_bear(found, ranked)
    assert can_bear(found, ranked[1:])
    snapshot.close()
