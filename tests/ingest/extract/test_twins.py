"""Measures extraction against clean twins: how many words are kept, and how many were added.

    DOCUMENTS_DIR=... .venv/bin/pytest -m slow -s tests/ingest/extract/test_twins.py

Words are maximal runs of letters and digits after NFKC and lower-casing. With E the multiset of
the words of the extracted text and T that of the twin's, precision is |E ∩ T| / |E| and recall
|E ∩ T| / |T|. The order of words is not looked at.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.extract import extract
from knowledge.errors import RejectedSourceError

pytestmark = pytest.mark.slow

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """Word precision and recall, 0 to 1, and the commonest words that only one side has."""

    precision: float
    recall: float
    added: tuple[tuple[str, int], ...]
    lost: tuple[tuple[str, int], ...]


def agreement(extracted: str, twin: str) -> Agreement:
    """How far the words of two texts agree."""
    ours, theirs = _words(extracted), _words(twin)
    common = (ours & theirs).total()
    return Agreement(
        precision=common / max(1, ours.total()),
        recall=common / max(1, theirs.total()),
        added=tuple((ours - theirs).most_common(20)),
        lost=tuple((theirs - ours).most_common(20)),
    )


def without_front_matter(text: str) -> str:
    """The body of a text that begins with a block between "---" lines."""
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


@pytest.fixture
def documents() -> Path:
    folder = os.environ.get("DOCUMENTS_DIR")
    if not folder:
        pytest.skip("DOCUMENTS_DIR does not name a folder of documents with clean twins")
    return Path(folder)


def compare(file: Path, twin: Path) -> Agreement:
    found = agreement(
        extract(file.read_bytes(), name=file.name).document.text,
        without_front_matter(twin.read_text(encoding="utf-8")),
    )
    print(f"{file.name}: precision {found.precision:.4f}, recall {found.recall:.4f}")  # noqa: T201
    return found


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    for page in sorted((folder / "model_licences_html").glob("*.html")):
        yield page, page.with_suffix(".LICENSE")


def test_licence_pages_keep_the_words_of_the_licence_and_no_others(documents: Path) -> None:
    for page, twin in pairs(documents):
        found = compare(page, twin)
        assert found.precision >= 0.99, found.added
        assert found.recall >= 0.98, found.lost


@pytest.mark.parametrize("name", ["OJ_L_202401689_EN.pdf", "eurlex_saved_page.html"])
def test_a_long_law_keeps_its_words(documents: Path, name: str) -> None:
    folder = documents / "eu_ai_act"
    found = compare(folder / name, folder / "ai_act_full.md")
    assert found.precision >= 0.98, found.added
    assert found.recall >= 0.99, found.lost


def test_every_document_is_read_or_rejected_by_its_kind(documents: Path) -> None:
    for file in sorted(documents.rglob("*")):
        if file.is_file() and "provenance" not in file.parts:
            try:
                assert extract(file.read_bytes(), name=file.name).document.text
            except RejectedSourceError:
                assert file.suffix == ".csv"
