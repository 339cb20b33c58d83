"""The list of public documents that comes with Caveat can be used as it is."""

from pathlib import Path

import pytest

from ingest.manifest import read_manifest
from knowledge.errors import SettingsError

LISTED = Path(__file__).parents[2] / "knowledge" / "corpus" / "sources.toml"
SAID_OF_EACH = {"title", "publisher", "kind", "stance", "status", "licence"}


def test_every_listed_document_says_what_a_reader_needs_to_judge_it() -> None:
    entries = read_manifest(LISTED)
    assert len(entries) > 0
    assert [entry.place for entry in entries if not set(entry.overrides) >= SAID_OF_EACH] == []


def test_no_document_is_listed_twice() -> None:
    places = [entry.place for entry in read_manifest(LISTED)]
    assert sorted(set(places)) == sorted(places)


def test_neither_side_of_the_debate_has_twice_the_documents_of_the_other() -> None:
    stances = [entry.overrides["stance"] for entry in read_manifest(LISTED)]
    sides = sorted([stances.count("favours-openness"), stances.count("favours-restriction")])
    assert 0 < sides[1] < 2 * sides[0]


@pytest.mark.parametrize("checked", ["2026-11-26", "looked-up", "not-checked"])
def test_a_manifest_may_say_when_or_how_far_a_document_was_checked(
    tmp_path: Path, checked: str
) -> None:
    manifest = tmp_path / "sources.toml"
    manifest.write_text(f'[[source]]\npath = "a.md"\nchecked = "{checked}"\n', "utf-8")
    assert len(read_manifest(manifest)) == 1


def test_a_manifest_that_says_anything_else_of_a_check_names_the_line(tmp_path: Path) -> None:
    manifest = tmp_path / "sources.toml"
    manifest.write_text('[[source]]\npath = "a.md"\nchecked = "soon"\n', "utf-8")
    with pytest.raises(SettingsError, match="line 3: checked: must be an ISO date"):
        read_manifest(manifest)
