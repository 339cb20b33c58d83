"""The glossary can be read, and its entries lead to each other."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

GLOSSARY = Path(__file__).parents[2] / "knowledge" / "corpus" / "glossary.toml"
FIELDS = {"id", "term", "also", "plain", "expert", "source", "see"}


@pytest.fixture
def terms() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(GLOSSARY.read_text("utf-8"))["term"]
    return entries


def test_every_term_is_explained_twice_and_has_a_source(terms: list[dict[str, Any]]) -> None:
    assert [term["id"] for term in terms if set(term) != FIELDS or not term["plain"]] == []
    assert [term["id"] for term in terms if not {"title", "url"} <= term["source"].keys()] == []


def test_no_name_leads_to_two_terms(terms: list[dict[str, Any]]) -> None:
    ids = [term["id"] for term in terms]
    names = [name.lower() for term in terms for name in (term["term"], *term["also"])]
    assert sorted(set(ids)) == sorted(ids)
    assert sorted(set(names)) == sorted(names)


def test_terms_refer_to_other_terms_that_exist(terms: list[dict[str, Any]]) -> None:
    ids = {term["id"] for term in terms}
    assert [term["id"] for term in terms if not ids - {term["id"]} >= set(term["see"])] == []
