import os
from pathlib import Path

import pytest

from ingest.extract import Extracted, extract
from knowledge.errors import FailedSourceError

LONG = "Published weights can be copied and changed by anyone who has the disk space. " * 4


def read(table: str, name: str = "x.csv") -> Extracted:
    return extract(table.encode(), name=name)


def paragraphs(table: str, name: str = "x.csv") -> list[str]:
    return read(table, name).document.text.split("\n\n")


def test_a_row_of_facts_is_a_paragraph_that_names_each_value() -> None:
    table = 'Model,Licence,Notes\nAlpha,"MIT, amended",\nBeta,Apache-2.0,"two\nlines"\n'
    assert paragraphs(table) == [
        "Model: Alpha | Licence: MIT, amended",
        "Model: Beta | Licence: Apache-2.0 | Notes: two lines",
    ]


@pytest.mark.parametrize(("name", "delimiter"), [("x.csv", ";"), ("x.tsv", "\t"), ("x.csv", "|")])
def test_the_delimiter_is_found(name: str, delimiter: str) -> None:
    table = f'"Model, name"{delimiter}Licence\nAlpha{delimiter}MIT\n'
    assert paragraphs(table, name) == ["Model, name: Alpha | Licence: MIT"]


def test_a_row_that_is_a_document_is_a_section_under_its_title() -> None:
    table = f'id,Title,URL,Text\n1,On Weights,https://example.org/w,"{LONG}\n\nMore."\n'
    document = read(table).document
    assert document.text.split("\n\n") == [
        "On Weights",
        "url: https://example.org/w",
        LONG.strip(),
        "More.",
    ]
    assert document.headings[0].text == "On Weights"


def test_long_cells_of_a_row_stand_under_their_column_names() -> None:
    table = f'name,level,advice\nM-1,high,"{LONG}"\nM-2,low,"{LONG}"\n'
    assert paragraphs(table)[:4] == ["M-1", "level: high", "advice", LONG.strip()]


def test_a_table_on_its_side_has_a_section_for_each_column() -> None:
    table = f'M 1,M 2,M 3\n"{LONG}","{LONG}","{LONG}"\n"### See\n\n- [A](http://a.b)","{LONG}",x\n'
    document = read(table).document
    assert [heading.text for heading in document.headings] == ["M 1", "See", "M 2", "M 3"]
    assert "- A\n\nM 2" in document.text


def test_a_table_without_a_header_keeps_its_first_row() -> None:
    assert paragraphs("Alpha,1\nBeta,2\n") == ["Alpha | 1", "Beta | 2"]


def test_cells_beyond_the_header_are_kept() -> None:
    assert paragraphs("a,b\nx,y,z,w\n") == ["a: x | b: y | …: z | w"]


def test_prose_named_csv_is_read_as_prose() -> None:
    assert paragraphs("Weights spread.\nThey stay.\n")[0].startswith("Weights spread.")


def test_a_quote_left_open_over_millions_of_characters_fails() -> None:
    table = 'a,b\n"x,y\n' + "word,word\n" * 1_100_000
    with pytest.raises(FailedSourceError, match="quotation mark left open"):
        read(table)


def test_the_playbook_has_a_section_for_each_of_its_outcomes() -> None:
    folder = os.environ.get("DOCUMENTS_DIR")
    if not folder:
        pytest.skip("DOCUMENTS_DIR does not name a folder of public documents")
    path = Path(folder) / "nist_ai_rmf" / "nist_ai_rmf_playbook.csv"
    document = extract(path.read_bytes(), name=path.name).document
    names = [heading.text for heading in document.headings if heading.level == 1]
    assert (names[0], names[-1], len(names)) == ("MANAGE 1.1", "MANAGE 4.3", 13)
