"""Questions that an English model cannot read, and English that only looks strange."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.answer import Answerer
from knowledge.encoders import EncoderIdentity, reads_many_languages
from knowledge.index import SnapshotKeeper, publish
from knowledge.language import cannot_read
from knowledge.library import Library
from knowledge.model import Source
from knowledge.search import Searcher
from knowledge.silence import READS_ENGLISH
from tests.fakes import WordEncoder, shelve

QUESTIONS = Path(__file__).parent / "questions"
ROOT = Path(__file__).parents[2]
GERMAN = "Warum können veröffentlichte Gewichte nicht zurückgerufen werden?"
SHORT = ("Gewichte zurückrufen?", "Qué riesgos", "开源模型", "Что это?", "llama license")
BOLD = "𝗵𝗼𝘄 𝗱𝗼 𝗶 𝗿𝘂𝗻 𝘁𝗵𝗶𝘀 𝗹𝗼𝗰𝗮𝗹𝗹𝘆"  # noqa: RUF001 - how Discord users write in bold
MANY = (
    "paraphrase-multilingual-MiniLM-L12-v2",
    "intfloat/multilingual-e5-small",
    "BAAI/bge-m3",
    "sentence-transformers/LaBSE",
    "distiluse-base-multilingual-cased-v2",
    "/srv/models/bge-m3",
)
ENGLISH = ("all-MiniLM-L6-v2", "BAAI/bge-small-en-v1.5", "intfloat/e5-base", "example/gem3-mini")


def lines(name: str) -> list[str]:
    return (QUESTIONS / name).read_text("utf-8").splitlines()


def test_sloppy_english_is_never_taken_for_another_language(searcher: Searcher) -> None:
    snapshot, identity = searcher.snapshots.current(), searcher.encoder.identity
    asked = lines("sloppy.txt")
    assert len(asked) >= 60
    assert [text for text in asked if cannot_read(identity, snapshot, text)] == []


def test_nearly_all_questions_in_twelve_languages_are_recognised(searcher: Searcher) -> None:
    snapshot, identity = searcher.snapshots.current(), searcher.encoder.identity
    asked = lines("foreign.txt")
    missed = [text for text in asked if not cannot_read(identity, snapshot, text)]
    assert len(missed) <= 0.05 * len(asked), missed


@pytest.mark.parametrize("text", [*SHORT, BOLD, "", "🙂🙂🙂", "1 2 3 4 5 6"])
def test_a_few_words_are_never_foreign(searcher: Searcher, text: str) -> None:
    snapshot = searcher.snapshots.current()
    assert not cannot_read(searcher.encoder.identity, snapshot, text)


def test_the_answer_says_what_it_needs_and_guesses_nothing(answerer: Answerer) -> None:
    answer = answerer.answer(GERMAN)
    assert (answer.outcome, answer.text) == ("abstained", READS_ENGLISH)
    assert answer.citations == ()
    assert answer.nearest == ()
    assert "total" in answer.timings_ms
    assert not answerer.assess(GERMAN).answers


def test_a_multilingual_model_reads_every_question(searcher: Searcher) -> None:
    identity = replace(searcher.encoder.identity, id="BAAI/bge-m3")
    assert not cannot_read(identity, searcher.snapshots.current(), GERMAN)


@pytest.mark.parametrize("name", [*MANY, *ENGLISH])
def test_a_model_is_multilingual_when_its_name_says_so(searcher: Searcher, name: str) -> None:
    identity: EncoderIdentity = replace(searcher.encoder.identity, id=name)
    assert reads_many_languages(identity) == (name in MANY)


def test_a_library_in_that_language_is_searched(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    shelve(library, words, Source(id="g", title="Gewichte"), GERMAN.replace("?", "."))
    publish(library, words.identity, tmp_path)
    keeper = SnapshotKeeper(tmp_path, lambda _: None)
    answer = Answerer(Searcher(encoder=words, snapshots=keeper)).answer(GERMAN)
    keeper.close()
    assert answer.text != READS_ENGLISH


def test_nothing_is_loaded_for_a_question_in_plain_english(searcher: Searcher) -> None:
    del searcher
    code = "import sys, knowledge.answer; sys.exit('py3langid' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)  # noqa: S603 - ours
    assert done.returncode == 0
