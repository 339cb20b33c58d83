import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Metadata
from ingest.metadata import amend, describe_source, read_overrides, source_name, title_from_name
from knowledge.errors import SettingsError
from knowledge.model import Source


def describe(metadata: Metadata, **overrides: object) -> Source:
    return describe_source("id", metadata, overrides, name="a_file.md", retrieved="2026-11-23")


def test_a_document_without_a_title_is_named_after_its_file() -> None:
    assert describe(Metadata()).title == "a file"


def test_the_curator_goes_before_the_document_and_the_document_before_nothing() -> None:
    said = Metadata(title="Said", kind="law", authors=("A",), url="https://a.example")
    source = describe(said, title="Set", authors=["B", "C"])
    assert (source.title, source.kind, source.authors) == ("Set", "law", ("B", "C"))
    assert (source.url, source.retrieved) == ("https://a.example", "2026-11-23")


@pytest.mark.parametrize(
    "url", ["file:///srv/a.pdf", "javascript:alert(1)", "/a", "https://a b.example", "http://[", ""]
)
def test_an_address_that_leads_readers_nowhere_is_left_out(url: str) -> None:
    assert describe(Metadata(url=url)).url is None


def test_amending_takes_lists_as_they_come_from_json() -> None:
    assert amend(Source(id="s", title="T"), {"authors": ["A"]}).authors == ("A",)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my_report.pdf", "my report"),
        ("gemma-2024-04-01", "gemma-2024-04-01"),
        ("terms.2024", "terms.2024"),
        ("a/b/act.html", "act"),
        ("\x1b\x07.md", "untitled"),
        (".md", ".md"),
    ],
)
def test_a_title_is_the_readable_part_of_a_name(name: str, title: str) -> None:
    assert title_from_name(name) == title


@given(name=st.text(min_size=1))
def test_any_name_gives_a_title_and_a_plain_id(name: str) -> None:
    assert title_from_name(name).strip()
    assert title_from_name(name).isprintable()
    assert set(source_name(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert 0 < len(source_name(name)) <= 48


def test_every_unusable_option_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        read_overrides({"published": "soon", "url": "x", "kind": "law", "title": None})
    message = str(caught.value)
    assert "--published: must be an ISO date" in message
    assert "--url: must begin with http" in message
    assert "--kind" not in message


def test_spaces_and_invisible_characters_around_a_value_are_dropped() -> None:
    given_values = read_overrides({"title": " A\u200b\n title ", "authors": ("B ",)}).given()
    assert given_values == {"title": "A title", "authors": ["B"]}
