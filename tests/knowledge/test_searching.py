"""`python -m knowledge search`."""

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.index import publish
from knowledge.library import Library
from knowledge.model import Source
from knowledge.settings import KnowledgeSettings
from tests.fakes import WordEncoder, shelve


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, words: WordEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_encoder(_settings: KnowledgeSettings) -> WordEncoder:
        return words

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("knowledge.compose.open_encoder", open_encoder)


def test_the_nearest_passages_are_shown(
    library: Library,
    words: WordEncoder,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    title = "[red]The Act[/nope]"
    shelve(library, words, Source(id="a", title=title), "Weights cannot be recalled.")
    shelve(library, words, Source(id="b", title="B"), "A kettle boils.")
    publish(library, words.identity, tmp_path)
    assert main(["search", "can weights be recalled", "-k", "1", "--json"]) == 0
    (passage,) = json.loads(capsys.readouterr().out)["passages"]
    assert (passage["source_id"], passage["text"]) == ("a", "Weights cannot be recalled.")
    assert main(["search", "can weights be recalled"]) == 0
    shown = capsys.readouterr().out
    assert title in shown
    assert shown.index("recalled.") < shown.index("kettle")


def test_without_an_index_the_command_that_makes_one_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["search", "weights", "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "python -m ingest" in captured.err


def test_an_empty_library_has_nothing_near(
    library: Library, words: WordEncoder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(library, words.identity, tmp_path)
    assert main(["search", "weights"]) == 0
    assert "Nothing in the library is near that." in capsys.readouterr().out


def test_another_encoder_is_refused_with_the_cure(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = WordEncoder("others")
    shelve(library, other, Source(id="a", title="A"), "Weights.")
    publish(library, other.identity, tmp_path)
    assert main(["search", "weights"]) == 2
    assert "ingest rebuild" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["search"], ["search", "x", "-k", "0"], ["fly"]])
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
