from pathlib import Path

import pytest

from knowledge.curation.brief import read_brief
from tests.evals.audit_sentences import drawn, main, sentences_of
from tests.knowledge.curation.corpus import Corpus


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Corpus.sound(tmp_path).folder


def test_the_same_seed_draws_the_same_sentences_and_another_one_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = []
    for seed in ("8", "8", "9"):
        assert main(["--seed", seed, "-n", "30"]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != shown[2]
    assert shown[0].startswith("# 30 of ")
    assert shown[0].count("[ ] the source says so") == 30


def test_a_sentence_comes_with_its_place_and_the_sources_of_its_paragraph(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder), "-n", "99"])
    out = capsys.readouterr().out
    line = (folder / "act.md").read_text("utf-8").split("The report finds")[0].count("\n") + 1
    assert f"`act.md:{line}`, What does the act ask?" in out
    assert "The report finds few who comply, as its summary and the term tell." in out
    assert "<https://news.example/report_(1)>" in out
    assert "`glossary.toml#open-weights`" in out
    assert "no source linked in its paragraph" in out
    assert "## " not in out


def test_a_sentence_that_is_added_displaces_one_at_most(folder: Path) -> None:
    path = folder / "act.md"
    parts = [f"The act asks for point {number} of its list." for number in range(40)]
    path.write_text(path.read_text("utf-8") + "\n" + " ".join(parts) + "\n", "utf-8")
    before = {each.text for each in drawn(list(sentences_of(read_brief(path))), 8, 10)}
    path.write_text(path.read_text("utf-8") + "\nOne more sentence stands here.\n", "utf-8")
    after = {each.text for each in drawn(list(sentences_of(read_brief(path))), 8, 10)}
    assert len(before - after) <= 1
