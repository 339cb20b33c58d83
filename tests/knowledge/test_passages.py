"""Passages are shown by the command and the retriever as quotes are: without what does harm."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.answer import Answerer
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library
from knowledge.model import Source
from knowledge.passages import passages_near
from knowledge.retriever import LibraryRetriever, SharedSearcher
from knowledge.search import Searcher
from tests.fakes import WordEncoder, shelve
from tests.knowledge.test_credentials import CREDENTIALS
from tests.knowledge.test_operational import PROMPT, RECIPE

QUESTION = "explosive made mix heat stir"
ABOUT = (
    "Tests with mixed questions show whether a model tells how an explosive is made.",
    "A law on explosives says who may mix and heat what, and who may not.",
    "Bakers mix and heat and stir dough.",
)


@pytest.fixture
def searcher(library: Library, words: WordEncoder, tmp_path: Path) -> Iterator[Searcher]:
    """A library where the passages nearest to `QUESTION` are recipes, with some others."""
    for number in range(3):
        recipe = f"{RECIPE} Recipe {'again ' * 9 * number}number {number}."
        shelve(library, words, Source(id=f"recipe{number}", title="Recipe"), recipe)
    shelve(library, words, Source(id="prompt", title="Prompt"), PROMPT)
    for number, text in enumerate(ABOUT):
        shelve(library, words, Source(id=f"about{number}", title="About"), text)
    publish(library, words.identity, tmp_path)
    opened = Searcher(encoder=words, snapshots=SnapshotKeeper(tmp_path, lambda _: None))
    yield opened
    opened.close()


def test_what_does_harm_is_left_out_and_others_take_its_place(searcher: Searcher) -> None:
    nearest = searcher.search(QUESTION, limit=2)
    assert "Recipe" in {each.source.title for each in nearest}
    shown = passages_near(searcher, QUESTION, limit=2)
    assert [each.source.title for each in shown] == ["About", "About"]
    everything = passages_near(searcher, QUESTION, limit=50)
    assert sorted(each.chunk.text for each in everything) == sorted(ABOUT)


def test_what_does_no_harm_is_shown_as_it_was_found(searcher: Searcher) -> None:
    found = searcher.search("who bakes dough", limit=1)
    assert passages_near(searcher, "who bakes dough", limit=1) == found


def test_a_pasted_credential_is_not_searched_for(searcher: Searcher) -> None:
    plain = passages_near(searcher, QUESTION, limit=5)
    for credential in CREDENTIALS.values():
        pasted = f"{QUESTION} {credential}"
        assert passages_near(searcher, pasted, limit=5) == plain
        assert Answerer(searcher).assess(pasted) == Answerer(searcher).assess(QUESTION)
    assert passages_near(searcher, CREDENTIALS["GitHub"], limit=5) == ()


@pytest.mark.usefixtures("searcher")
@pytest.mark.parametrize("form", [["--json"], []])
def test_the_command_shows_nothing_that_does_harm(
    form: list[str],
    words: WordEncoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: words)
    assert main(["search", f"{QUESTION} {CREDENTIALS['OpenAI']}", "-k", "3", *form]) == 0
    shown = capsys.readouterr()
    assert "Mix 10 g" not in shown.out
    assert "explosive is made" in " ".join(shown.out.split())
    assert CREDENTIALS["OpenAI"] not in shown.out + shown.err
    if form:
        passages = json.loads(shown.out)["passages"]
        assert len(passages) == 3
        assert {"chunk_id", "source_id", "title", "score", "text"} <= set(passages[0])


def test_the_retriever_finds_nothing_that_does_harm(searcher: Searcher) -> None:
    retriever = LibraryRetriever(library=SharedSearcher(searcher), k=2)
    found = retriever.invoke(f"{QUESTION} {CREDENTIALS['Slack']}")
    assert [each.metadata["title"] for each in found] == ["About", "About"]


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_how_many_is_a_whole_number(capsys: pytest.CaptureFixture[str], number: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["search", "weights", "-k", number])
    assert "must be a whole number, at least 1" in capsys.readouterr().err
