"""Which passages a search gives, and in which order."""

from pathlib import Path

import pytest

from knowledge.index import Snapshot
from knowledge.model import Source
from knowledge.search import Found, find
from tests.fakes import WordEncoder
from tests.knowledge.shelf import opened

LONG = (
    "Providers draw up documentation of the model and keep it up to date for the authorities. "
    "They name a person in charge, describe tests and results, and tell about energy used. "
)
ACT = Source(id="act", title="Weights Act", url="https://law.example/act")
ARTICLES = "# Weights Act\n\n" + "\n\n".join(
    f"## Article {number} Duties of kind {number}\n\n{LONG * 8}" for number in range(50, 56)
)


def search(snapshot: Snapshot, question: str, *, hidden: tuple[str, ...] = ()) -> Found:
    found = find(snapshot, WordEncoder(), question, hidden=hidden, limit=50)
    assert found is not None
    return found


def test_a_source_that_the_question_names_comes_before_others_that_say_the_same(
    tmp_path: Path,
) -> None:
    texts = [
        (
            Source(id=name.lower(), title=f"{name} licence"),
            f"With the model {name} nobody may build weapons, and users of {name} {verb}.",
        )
        for name, verb in (("Gemma", "agree"), ("Falcon", "consent"), ("Mistral", "accept"))
    ]
    snapshot = opened(tmp_path, texts)
    for name in ("gemma", "falcon", "mistral"):
        found = search(snapshot, f"may users of {name} build weapons with the model")
        assert found.passages[0].source.id == name
    snapshot.close()


def test_a_provision_that_the_question_names_is_found_exactly(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, [(ACT, ARTICLES)])
    for number in range(50, 56):
        best = search(snapshot, f"what does art. {number} say about documentation").passages[0]
        headings = {
            name
            for path in (
                best.chunk.heading_path,
                *(path for _, path in best.chunk.heading_breaks),
            )
            for name in path
        }
        assert any(name.startswith(f"Article {number} ") for name in headings)
    snapshot.close()


@pytest.mark.parametrize("order", [1, -1])
def test_of_copies_the_one_that_a_reader_can_check_is_kept(tmp_path: Path, order: int) -> None:
    text = "Mirrors appear within hours, and torrents keep a copy of the weights alive for years."
    copies = [
        (Source(id="file", title="Mirrors"), text),
        (Source(id="page", title="Mirrors", url="https://x.example/mirrors"), text),
    ]
    snapshot = opened(tmp_path, copies[::order])
    found = [passage.source.id for passage in search(snapshot, "mirrors and torrents").passages]
    assert found[0] == "page"
    assert "file" not in found
    hidden = search(snapshot, "mirrors and torrents", hidden=("page",)).passages
    assert hidden[0].source.id == "file"
    snapshot.close()


def test_a_hidden_source_never_appears_however_it_is_asked_for(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, [(ACT, ARTICLES)])
    for question in ("what does article 53 say", "Weights Act documentation", "kettle"):
        for hidden in snapshot.sources:
            found = search(snapshot, question, hidden=(hidden,)).passages
            assert found
            assert hidden not in {passage.source.id for passage in found}
    assert find(snapshot, WordEncoder(), "kettle", hidden=tuple(snapshot.sources)) is None or (
        search(snapshot, "kettle", hidden=tuple(snapshot.sources)).passages == ()
    )
    snapshot.close()


def test_a_recital_stands_behind_the_article_that_says_the_same(tmp_path: Path) -> None:
    rule = "Providers of open models shall publish a summary of the training data without delay."
    reason = "Providers of open models should publish a summary of the training data in due time."
    bees = "Bees gather nectar and kettles boil while tides turn and bakers knead. " * 30
    trucks = "Old bridges carry heavy trucks across wide rivers through long cold winters. " * 30
    for first, second in ((0, 1), (1, 0)):
        parts = (f"## Recital 7\n\n{reason}\n\n{bees}", f"## Article 7\n\n{rule}\n\n{trucks}")
        text = f"# Weights Act\n\n{parts[first]}\n\n{parts[second]}"
        snapshot = opened(tmp_path / f"{first}", [(ACT, text)])
        found = search(snapshot, "Must providers publish a summary of training data?").passages
        best = next(p for p in found if "summary of the training data" in p.chunk.text)
        assert rule in best.chunk.text
        snapshot.close()


def test_a_list_of_references_stands_behind_what_is_said_in_the_text(tmp_path: Path) -> None:
    said = "Safeguards of published models vanish through fine-tuning in one afternoon."
    listed = "Safeguards of published models vanish through fine-tuning, Journal of Models 4."
    bees = "Bees gather nectar and kettles boil while tides turn and bakers knead. " * 30
    trucks = "Old bridges carry heavy trucks across wide rivers through long cold winters. " * 30
    text = f"# Study\n\n## References\n\n{listed}\n\n{bees}\n\n## Results\n\n{said}\n\n{trucks}"
    snapshot = opened(tmp_path, [(Source(id="s", title="Study"), text)])
    found = search(snapshot, "do safeguards of published models vanish").passages
    best = next(p for p in found if "Safeguards of published" in p.chunk.text)
    assert said in best.chunk.text
    snapshot.close()


def test_passages_come_best_first_with_scores_between_0_and_1(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, [(ACT, ARTICLES)])
    scores = [passage.score for passage in search(snapshot, "energy of article 51").passages]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    snapshot.close()


@pytest.mark.parametrize("question", ["", "  ", "\n"])
def test_an_empty_question_finds_nothing(tmp_path: Path, question: str) -> None:
    snapshot = opened(tmp_path, [])
    assert find(snapshot, WordEncoder(), question) is None
    snapshot.close()
