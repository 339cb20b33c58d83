"""What stands behind an answer: more of it, and the other side."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.answer import Answerer
from knowledge.encoders import Encoder
from knowledge.further import NOTHING_MORE, unheard
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library, connect_library
from knowledge.model import Source, Stance
from knowledge.search import Searcher
from tests.fakes import shelve

QUESTION = "Should the weights of AI models be published?"
TEXTS: dict[str, tuple[Stance, str]] = {
    "letter": ("favours-openness", """Publishing the weights of AI models lets every hospital
inspect them. Published weights keep a few companies from owning all of research."""),
    "campaign": ("favours-restriction", """Publishing the weights of AI models hands them to
criminals forever. No government should allow weights to be published before they were tested."""),
    "survey": ("neutral", """The survey asked whether the weights of AI models should be published,
and experts were divided. Two thirds wanted the weights of small models published."""),
    "kettles": ("neutral", "A kettle boils water in three minutes. Copper kettles last longest."),
}  # fmt: skip


def shelved(data_dir: Path, encoder: Encoder, *, without: str = "") -> Searcher:
    library = Library(connect_library(data_dir))
    for name, (stance, text) in TEXTS.items():
        if stance != without:
            source = Source(id=name, title=f"A {name}", stance=stance, licence="CC BY 4.0")
            shelve(library, encoder, source, text.replace("\n", " "))
    publish(library, encoder.identity, data_dir)
    library.close()
    return Searcher(encoder=encoder, snapshots=SnapshotKeeper(data_dir, lambda _: None))


@pytest.fixture(scope="module")
def sided(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    """Over a source of each side, a neutral one, and one about something else."""
    searcher = shelved(tmp_path_factory.mktemp("sided"), encoder)
    yield Answerer(searcher)
    searcher.close()


@pytest.mark.parametrize(
    "question", ["Which providers are exempt from the public register?", "open weights"]
)
def test_more_brings_new_quotes_until_nothing_near_is_left(quoter: Answerer, question: str) -> None:
    seen = [citation.quote for citation in quoter.answer(question).citations]
    for _ in range(20):
        further = quoter.more(question, seen=seen)
        if further.outcome == "abstained":
            break
        new = [citation.quote for citation in further.citations]
        assert new
        assert not any(one in other or other in one for one in new for other in seen)
        assert [citation.number for citation in further.citations] == [*range(1, len(new) + 1)]
        seen += new
    assert (further.outcome, further.text) == ("abstained", NOTHING_MORE)
    assert (further.citations, further.nearest) == ((), ())


def test_more_stays_silent_when_nothing_near_is_left(sided: Answerer) -> None:
    answer = sided.answer("How long does a kettle take to boil water?")
    assert answer.citations
    seen = [citation.quote for citation in answer.citations]
    assert sided.more("How long does a kettle take to boil water?", seen=seen).citations == ()


def test_more_of_a_follow_up_is_about_its_topic(quoter: Answerer) -> None:
    earlier = ["What does the Harbour Model Act say about the register?"]
    answer = quoter.answer("and the fines?", earlier=earlier)
    further = quoter.more("and the fines?", seen=[answer.citations[0].quote], earlier=earlier)
    assert further.question == "and the fines?"
    assert further.citations[0].passage.source.title == "Harbour Model Act"


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        (["favours-openness"], {"favours-restriction"}),
        (["favours-restriction", "neutral"], {"favours-openness"}),
        (["neutral", "mixed"], {"favours-openness", "favours-restriction"}),
        ([], {"favours-openness", "favours-restriction"}),
        (["favours-openness", "favours-restriction"], {"favours-openness", "favours-restriction"}),
        (["favours-openness", "favours-openness", "favours-restriction"], {"favours-restriction"}),
    ],
)
def test_the_side_that_was_heard_least_is_quoted(
    sided: Answerer, heard: list[str], expected: set[str]
) -> None:
    assert set(unheard(heard)) == expected
    answer = sided.other_side(QUESTION, heard=heard)
    assert answer.outcome == "answered"
    assert {citation.passage.source.stance for citation in answer.citations} == expected
    assert "one-side" not in {note.code for note in answer.notes}


def test_the_other_side_of_something_else_is_silence(sided: Answerer) -> None:
    answer = sided.other_side("How long does a kettle take to boil water?", heard=["neutral"])
    assert answer.outcome == "abstained"
    assert answer.text.startswith("No source in favour of openness or in favour of restriction")
    assert (answer.citations, answer.nearest) == ((), ())


def test_a_library_without_the_other_side_says_so(encoder: Encoder, tmp_path: Path) -> None:
    searcher = shelved(tmp_path, encoder, without="favours-restriction")
    answer = Answerer(searcher).other_side(QUESTION, heard=["favours-openness"])
    searcher.close()
    assert answer.outcome == "abstained"
    assert answer.text == "My library holds no source in favour of restriction."


@pytest.mark.parametrize("question", ["", "  ", "?!", "\ud800", "the of and"])
def test_any_question_can_be_asked_further(sided: Answerer, question: str) -> None:
    assert sided.more(question, seen=["", "\ud800"]).question == question
    assert sided.other_side(question, heard=["nonsense"]).question == question
