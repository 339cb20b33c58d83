"""What a build finds among some of its sources, and under its headings."""

from pathlib import Path

import pytest

from knowledge.index import open_snapshot, publish
from knowledge.library import Library
from knowledge.model import Source
from tests.fakes import WordEncoder
from tests.knowledge.index.publishing import TOPICS, fill
from tests.knowledge.shelf import opened


@pytest.fixture
def _published(library: Library, words: WordEncoder, tmp_path: Path) -> None:
    fill(library, words)
    publish(library, words.identity, tmp_path)


@pytest.mark.usefixtures("_published")
def test_word_search_looks_only_among_the_sources_it_is_told(tmp_path: Path) -> None:
    snapshot = open_snapshot(tmp_path)
    everywhere = snapshot.matching("sentence of topic about weights", 100)
    among = snapshot.matching("sentence of topic about weights", 100, among=["s2", "s5"])
    sources = {chunk_id: place[0] for chunk_id, place in snapshot.places(list(dict(among))).items()}
    assert set(sources.values()) == {"s2", "s5"}
    assert among == [match for match in everywhere if match[0] in sources]
    assert snapshot.matching("weights", 100, among=["s2"]) == []
    assert snapshot.matching("weights", 100, among=["nowhere"]) == []
    assert snapshot.matching("weights", 100, among=[]) == []
    hidden = snapshot.matching("topic", 100, among=["s2", "s5"], hidden=["s5"])
    assert {place[0] for place in snapshot.places(list(dict(hidden))).values()} == {"s2"}
    assert len(snapshot.matching("topic", 1, among=["s2", "s5"])) == 1
    snapshot.close()


@pytest.mark.usefixtures("_published")
def test_the_nearest_among_some_sources_are_those_of_all_that_are_theirs(
    words: WordEncoder, tmp_path: Path
) -> None:
    snapshot = open_snapshot(tmp_path)
    vector = words.encode_question(TOPICS[3]).vector
    everywhere = dict(snapshot.nearest(vector, snapshot.manifest.chunks))
    among = snapshot.nearest_among(["s3", "s4"], vector, 100)
    assert {place[0] for place in snapshot.places(list(among)).values()} == {"s3", "s4"}
    assert among == pytest.approx({key: everywhere[key] for key in among}, abs=1e-5)
    assert len(snapshot.nearest_among(["s3", "s4"], vector, 2)) == 2
    snapshot.close()


def test_a_provision_leads_to_the_passages_under_its_heading_and_its_parts(tmp_path: Path) -> None:
    paragraph = "Providers keep documents, name a person and describe what they have tested. " * 12
    headings = ("Article 5", "Article 53", "Article 53(1)", "Article 53(2)", "Article 54")
    text = "# Act\n\n" + "\n\n".join(f"## {name}\n\n{paragraph}" for name in headings)
    act, other = Source(id="act", title="Act"), Source(id="other", title="Other")
    snapshot = opened(tmp_path / "act", [(act, text), (other, text.replace("Act", "Other"))])

    def under(*names: str, hidden: tuple[str, ...] = ()) -> set[tuple[str, str]]:
        found = snapshot.chunks(snapshot.referred(names, hidden=hidden))
        return {
            (chunk.source_id, path[-1])
            for chunk in found.values()
            for path in (chunk.heading_path, *(path for _, path in chunk.heading_breaks))
            if path[-1].startswith("Article")
        }

    whole = {"Article 53", "Article 53(1)", "Article 53(2)"}
    assert {name for _, name in under("article 53")} >= whole
    assert {source for source, _ in under("article 53")} == {"act", "other"}
    assert {source for source, _ in under("article 53", hidden=("act",))} == {"other"}
    assert ("act", "Article 53(2)") in under("article 53(2)")
    assert ("act", "Article 5") not in under("article 53(2)")
    assert under("article 53(9)", "article 6") == set()
    assert snapshot.referred([]) == []
    assert len(snapshot.referred(["article 53", "article 53"])) == len(
        set(snapshot.referred(["article 53"]))
    )
    snapshot.close()
