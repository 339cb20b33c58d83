"""`LEAST_CONFIDENCE`: how sure the operator wants an answer to be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.compose import answerer_over
from knowledge.errors import SettingsError
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library
from knowledge.model import Source
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings, read_settings
from tests.fakes import WordEncoder, shelve

FACT = "Released weights cannot be recalled."


@pytest.fixture
def searcher(library: Library, words: WordEncoder, tmp_path: Path) -> Iterator[Searcher]:
    shelve(library, words, Source(id="r", title="Recall"), FACT)
    publish(library, words.identity, tmp_path)
    opened = Searcher(encoder=words, snapshots=SnapshotKeeper(tmp_path, lambda _: None))
    yield opened
    opened.close()


@pytest.mark.parametrize(("least", "outcome"), [("0", "answered"), ("1", "abstained")])
def test_an_answer_is_given_from_that_confidence_on(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, least: str, outcome: str
) -> None:
    monkeypatch.setenv("LEAST_CONFIDENCE", least)
    answerer = answerer_over(searcher, read_settings(KnowledgeSettings))
    assert answerer.answer("Can released weights be recalled?").outcome == outcome


def test_blank_leaves_the_fitted_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAST_CONFIDENCE", "")
    assert read_settings(KnowledgeSettings).least_confidence is None


@pytest.mark.parametrize("value", ["1.5", "-1", "high"])
def test_an_unusable_value_names_the_setting(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("LEAST_CONFIDENCE", value)
    with pytest.raises(SettingsError, match="LEAST_CONFIDENCE"):
        read_settings(KnowledgeSettings)
