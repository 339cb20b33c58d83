import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy.exc import IntegrityError

from knowledge.errors import LibraryError
from knowledge.library import Acquisition, Library, Locator
from knowledge.model import Chunk, Document, Heading, Source
from tests.fakes import WordEncoder, encoded, shelve
from tests.knowledge.library.conftest import in_a_file

if TYPE_CHECKING:
    from knowledge.encoders import Encoded, EncoderIdentity

NOW = "2026-11-23T12:00:00+00:00"
LATER = "2026-11-24T12:00:00+00:00"
ACT = Source(
    id="act",
    title="The Act",
    url="https://example.org/act",
    publisher="Union",
    authors=("A. Author", "B. Author"),
    kind="law",
    stance="neutral",
    jurisdiction="EU",
    published="2024-07-12",
    retrieved="2026-11-23",
    status="in-force",
    status_date="2024-08-01",
    superseded_by="later-act",
    licence="CC BY 4.0",
)


def acquisition(
    source: Source = ACT, text: str = "One duty.\n\nTwo duties.", path: str = "/act.md"
) -> Acquisition:
    parts = text.split("\n\n")
    starts = [text.index(part) for part in parts]
    chunks = tuple(
        Chunk(
            id=f"{source.id}:{part}",
            source_id=source.id,
            text=part,
            start=start,
            end=start + len(part),
            ordinal=ordinal,
            page=ordinal + 1,
            page_breaks=((1, 9),),
            heading_path=("Part I", "Article 1"),
            heading_breaks=((2, ("Part I", "Article 2")),),
        )
        for ordinal, (part, start) in enumerate(zip(parts, starts, strict=True))
    )
    return Acquisition(
        source=source,
        overrides={"kind": "law", "authors": ["A. Author"]},
        document=Document(
            text=text,
            media_type="text/markdown",
            content_hash=f"hash of {text}",
            page_starts=(0, 4),
            headings=(Heading(level=1, text="Part I", start=0, end=3),),
        ),
        embedded_title=source.title,
        chunks=chunks,
        text_hashes=tuple(f"key of {part}" for part in parts),
        locator=locator(path, source.id),
    )


def locator(path: str, source_id: str) -> Locator:
    return Locator(
        locator=path, source_id=source_id, bytes_hash="bytes", reading="1.1", checked_at=NOW
    )


def test_everything_that_was_taken_in_comes_back_as_it_was(library: Library) -> None:
    given = acquisition()
    library.take_in(given, now=NOW)
    (holding,) = library.holdings()
    assert library.holding("act") == holding
    assert holding.source == ACT
    assert dict(holding.overrides) == dict(given.overrides)
    assert (holding.chunks, holding.locators) == (2, ("/act.md",))
    assert (holding.added_at, holding.changed_at) == (NOW, NOW)
    assert library.document("act") == (given.document, "The Act")
    assert library.chunks("act") == tuple(zip(given.chunks, given.text_hashes, strict=True))
    assert library.chunk_keys("act") == tuple(
        (chunk.id, key) for chunk, key in zip(given.chunks, given.text_hashes, strict=True)
    )
    assert library.locator("/act.md") == given.locator
    assert library.source_with_text(holding.content_hash) == "act"


def test_what_is_not_there_is_none(library: Library) -> None:
    assert library.holdings() == ()
    assert library.holding("act") is None
    assert library.document("act") is None
    assert library.locator("/act.md") is None
    assert library.source_with_text("hash") is None


def test_a_new_version_replaces_the_earlier_one_whole(library: Library) -> None:
    library.take_in(acquisition(), now=NOW)
    library.take_in(acquisition(replace(ACT, title="Act II"), "Three duties."), now=LATER)
    (holding,) = library.holdings()
    assert (holding.source.title, holding.chunks) == ("Act II", 1)
    assert (holding.added_at, holding.changed_at) == (NOW, LATER)
    assert [chunk.text for chunk, _ in library.chunks("act")] == ["Three duties."]


def test_a_version_that_cannot_be_stored_leaves_the_earlier_one(library: Library) -> None:
    library.take_in(acquisition(), now=NOW)
    other = Source(id="other", title="Other")
    twice = replace(acquisition(), chunks=acquisition(other).chunks * 2, text_hashes=("k",) * 4)
    with pytest.raises(IntegrityError):
        library.take_in(replace(twice, embedded_title="new"), now=LATER)
    assert library.document("act") == (acquisition().document, "The Act")
    assert [chunk.text for chunk, _ in library.chunks("act")] == ["One duty.", "Two duties."]
    assert library.holdings()[0].changed_at == NOW


def test_a_path_that_moves_away_takes_a_source_without_paths_with_it(library: Library) -> None:
    other = Source(id="other", title="Other")
    library.take_in(acquisition(), now=NOW)
    library.take_in(acquisition(other, "Another text.", "/other.md"), now=NOW)
    assert library.note_locator(locator("/copy.md", "act")) == ()
    assert library.holding("act").locators == ("/act.md", "/copy.md")  # type: ignore[union-attr]
    assert library.note_locator(locator("/other.md", "act")) == ("other",)
    assert [holding.source.id for holding in library.holdings()] == ["act"]
    assert library.document("other") is None


def test_a_document_that_takes_the_last_path_of_a_source_takes_the_source_with_it(
    library: Library,
) -> None:
    library.take_in(acquisition(), now=NOW)
    other = Source(id="other", title="Other")
    assert library.take_in(acquisition(other, "Another text.", "/act.md"), now=NOW) == ("act",)
    assert [holding.source.id for holding in library.holdings()] == ["other"]


def test_removing_a_source_leaves_nothing_but_its_vectors(
    library: Library, words: WordEncoder
) -> None:
    vectors = {"key of One duty.": encoded(np.ones(64, dtype=np.float32))}
    library.vectors.keep(words.identity, vectors)
    library.take_in(acquisition(), now=NOW)
    library.remove("act", now=LATER)
    assert library.holdings() == ()
    assert library.locator("/act.md") is None
    assert library.source_with_text("hash of One duty.\n\nTwo duties.") is None
    assert library.chunk_keys("act") == ()
    assert library.vectors.known(words.identity, vectors) == set(vectors)


def test_describing_a_source_leaves_its_document_alone(library: Library) -> None:
    library.take_in(acquisition(), now=NOW)
    renamed = replace(ACT, title="Renamed", authors=())
    library.describe(renamed, {"title": "Renamed"}, now=LATER)
    (holding,) = library.holdings()
    assert holding.source == renamed
    assert dict(holding.overrides) == {"title": "Renamed"}
    assert holding.changed_at == LATER
    assert library.document("act") == (acquisition().document, "The Act")


def test_sources_are_listed_in_the_order_they_were_added(library: Library) -> None:
    for number, name in enumerate(("b", "c", "a")):
        source = Source(id=name, title=name)
        library.take_in(
            acquisition(source, f"Text {name}.", f"/{name}"), now=f"2026-01-0{number + 1}"
        )
    assert [holding.source.id for holding in library.holdings()] == ["b", "c", "a"]


def many_vectors(number: int) -> "dict[str, Encoded]":
    rows = np.random.default_rng(0).standard_normal((number, 64)).astype(np.float32)
    return {f"key {index}": encoded(row) for index, row in enumerate(rows)}


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1203])
def test_any_number_of_vectors_is_cached_and_found(
    library: Library, words: WordEncoder, number: int
) -> None:
    vectors = many_vectors(number)
    library.vectors.keep(words.identity, vectors)
    asked = [*vectors, "never seen"]
    found = library.vectors.get(words.identity, asked)
    assert library.vectors.known(words.identity, asked) == set(vectors)
    assert found.keys() == vectors.keys()
    assert all(np.array_equal(found[key], vectors[key].vector) for key in vectors)


def test_vectors_of_two_encoders_do_not_mix(library: Library, words: WordEncoder) -> None:
    other: EncoderIdentity = WordEncoder("others").identity
    vectors = many_vectors(2)
    library.vectors.keep(words.identity, vectors)
    assert library.vectors.get(other, list(vectors)) == {}
    library.vectors.keep(other, {"key 0": vectors["key 1"]})
    assert np.array_equal(library.vectors.get(other, ["key 0"])["key 0"], vectors["key 1"].vector)
    assert np.array_equal(
        library.vectors.get(words.identity, ["key 0"])["key 0"], vectors["key 0"].vector
    )


def test_a_text_that_has_a_vector_keeps_it(library: Library, words: WordEncoder) -> None:
    vectors = many_vectors(2)
    library.vectors.keep(words.identity, vectors)
    library.vectors.keep(words.identity, {"key 0": vectors["key 1"], "new": vectors["key 1"]})
    found = library.vectors.get(words.identity, ["key 0", "new"])
    assert np.array_equal(found["key 0"], vectors["key 0"].vector)
    assert np.array_equal(found["new"], vectors["key 1"].vector)


def test_vectors_that_nothing_uses_are_dropped(library: Library, words: WordEncoder) -> None:
    library.take_in(acquisition(), now=NOW)
    used = {"key of One duty.": encoded(np.ones(64, dtype=np.float32))}
    library.vectors.keep(words.identity, used | many_vectors(3))
    library.vectors.keep(WordEncoder("others").identity, used)
    assert library.vectors.forget_unused(words.identity) == 4
    assert library.vectors.known(words.identity, used) == set(used)
    assert library.vectors.known(WordEncoder("others").identity, used) == set()


@in_a_file
def test_a_text_is_known_when_it_has_its_tokens_too(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    shelve(library, words, ACT, "One duty. " * 200)
    keys = {key for _, key in library.chunk_keys("act")}
    tokens = library.vectors.get_tokens(words.identity, keys)
    assert tokens.keys() == keys
    assert all(len(each.starts) for each in tokens.values())
    assert library.vectors.incomplete_sources(words.identity) == set()
    assert library.vectors.incomplete_sources(WordEncoder("others").identity) == {"act"}
    lost = min(keys)
    with sqlite3.connect(tmp_path / "library.db") as connection:
        connection.execute("DELETE FROM token_vectors WHERE text_hash = ?", (lost,))
    connection.close()
    assert library.vectors.known(words.identity, keys) == keys - {lost}
    assert library.vectors.incomplete_sources(words.identity) == {"act"}
    assert library.vectors.count_unused(words.identity) == 0


def test_tokens_that_nothing_uses_are_dropped(library: Library, words: WordEncoder) -> None:
    shelve(library, words, ACT, "One duty.")
    (key,) = {key for _, key in library.chunk_keys("act")}
    library.remove("act", now=LATER)
    assert library.vectors.count_unused(words.identity) == 1
    assert library.vectors.forget_unused(words.identity) == 1
    assert library.vectors.get_tokens(words.identity, [key]) == {}


@in_a_file
def test_damaged_tokens_are_a_sentence(
    library: Library, words: WordEncoder, tmp_path: Path
) -> None:
    shelve(library, words, ACT, "One duty.")
    with sqlite3.connect(tmp_path / "library.db") as connection:
        connection.execute("UPDATE token_vectors SET tokens = x'0102'")
    connection.close()
    keys = [key for _, key in library.chunk_keys("act")]
    with pytest.raises(LibraryError, match=r"Token vectors .* damaged .* ingest verify"):
        library.vectors.get_tokens(words.identity, keys)
