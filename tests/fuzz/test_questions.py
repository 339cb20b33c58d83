"""Whatever somebody asks, it is understood somehow, and answered with nothing but quotes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.__main__ import main
from knowledge.answer import Answerer
from knowledge.claims import claims_in
from knowledge.conversation import standalone
from knowledge.index import SnapshotKeeper
from knowledge.instructions import is_instruction, is_request
from knowledge.language import cannot_read
from knowledge.library import Library, connect_library
from knowledge.question import understand
from knowledge.references import heading_references, named_references, own_references
from knowledge.search import Searcher
from knowledge.sentences import sentence_spans
from knowledge.shorthand import spelled_out
from knowledge.smalltalk import reply
from knowledge.unmarked import unmarked
from tests.evals.planted import own_texts
from tests.fakes import WordEncoder
from tests.fuzz.strategies import TEXTS
from tests.knowledge.test_any_question import FIXTURES, Documents, check, held

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
UNSEEN = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\U000e0041", "\u202e", "\ufe0f"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Searcher, Documents]]:
    data_dir = tmp_path_factory.mktemp("shelf")
    encoder = WordEncoder()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAVEAT_DATA_DIR", str(data_dir))
        patch.setattr("ingest.commands.open_encoder", lambda _settings: encoder)
        assert main(["add", str(FIXTURES / "library"), "--quiet"]) == 0
    library = Library(connect_library(data_dir))
    documents = held(library)
    library.close()
    searcher = Searcher(encoder=encoder, snapshots=SnapshotKeeper(Path(data_dir), lambda _: None))
    yield searcher, documents
    searcher.close()


@given(text=TEXTS)
@UNHURRIED
def test_shorthand_and_references_are_read_from_any_text(text: str) -> None:
    full = spelled_out(text)
    assert full == text or "  " not in full
    for found in (named_references(text), own_references(text), heading_references([text])):
        assert len(set(found)) == len(found)
        assert all(name == name.lower() and name for name in found)


@given(text=TEXTS, earlier=st.lists(TEXTS, max_size=3))
@UNHURRIED
def test_a_question_stays_itself_or_takes_a_topic_over(text: str, earlier: list[str]) -> None:
    asked = standalone(text, earlier)
    assert asked == text or asked.strip()
    assert standalone(text, []) == text
    assert reply(text) is None or reply(text)


@given(text=TEXTS)
@UNHURRIED
def test_any_message_is_freed_of_markup_and_split_into_claims(text: str) -> None:
    assert isinstance(unmarked(text), str)
    for claim in claims_in(text):
        assert claim.text.strip()
        assert claim.searched.strip()


@given(text=TEXTS)
@UNHURRIED
def test_sentences_of_any_text_are_slices_in_order(text: str) -> None:
    end = 0
    for first, last in sentence_spans(text):
        assert end <= first < last <= len(text)
        assert text[first:last] == text[first:last].strip()
        end = last


@given(text=TEXTS)
@UNHURRIED
def test_any_text_is_an_order_a_request_or_neither(text: str) -> None:
    assert is_instruction(text) in (True, False)
    assert is_request(text) in (True, False)


@given(
    text=st.sampled_from([each.text for each in own_texts()]),
    unseen=st.sampled_from(UNSEEN),
    place=st.integers(0, 200),
    loud=st.booleans(),
)
@UNHURRIED
def test_an_order_is_told_in_capitals_and_with_unseen_characters_in_it(
    text: str, unseen: str, place: int, *, loud: bool
) -> None:
    said = text.upper() if loud else text
    assert is_instruction(said[:place] + unseen + said[place:])


@given(text=TEXTS)
@UNHURRIED
def test_any_question_is_understood(shelf: tuple[Searcher, Documents], text: str) -> None:
    searcher, _ = shelf
    snapshot = searcher.snapshots.current()
    cannot_read(searcher.encoder.identity, snapshot, text)
    asked = understand(snapshot, searcher.encoder, text)
    assert not asked.weights or abs(sum(asked.weights.values()) - 1) < 1e-6
    assert np.isfinite(asked.token_weights).all()
    assert (asked.token_weights >= 0).all()
    assert "\n" not in asked.text


@given(text=TEXTS, earlier=st.lists(TEXTS, max_size=2))
@UNHURRIED
def test_any_question_gets_nothing_but_quotes(
    shelf: tuple[Searcher, Documents], text: str, earlier: list[str]
) -> None:
    searcher, documents = shelf
    for least in (0.0, 0.37):
        check(Answerer(searcher, least_confidence=least).answer(text, earlier=earlier), documents)
    for claim in Answerer(searcher).check(text).claims:
        assert len(claim.evidence) <= 3
