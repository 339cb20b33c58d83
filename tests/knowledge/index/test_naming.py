"""What the sources of a library are called."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.index.naming import Naming, NamingWriter, read_naming
from knowledge.model import Source

FILLER = "Words follow on words, and on them follow other words that call nothing by name. " * 3
TEXTS = {
    "Llama 2 Community License": "You may use Llama 2 freely, and Llama 2 is large.",
    "Llama 3.1 Community License": "You may use Llama 3.1 freely, and we call it Llama 3.1.",
    "Gemma Terms of Use": "By using the model Gemma you agree to these terms of fair use.",
    "Executive Order 14110": "In this Executive Order of the president a model is defined.",
    "Order on models": "Whoever signs an Executive Order (EO) binds agencies, and an EO stays.",
    "AI Act, Article 53": FILLER
    + "A model of general-purpose AI (GPAI) is regulated since August.",
    "NIST AI 600-1": "Profiles written by NIST describe risks of a model, and NIST tells more.",
    "Notes on kettles": (
        "A kettle boils in these notes, and every model of kettle boils in August. In short order "
        "an executive tells another executive to order kettles, in that order, and to order more."
    ),
    "Notes on bees": "Bees gather nectar, and in our notes no model of bee is alike.",
}


@pytest.fixture
def naming(tmp_path: Path) -> Naming:
    return named(tmp_path, TEXTS)


def named(folder: Path, texts: Mapping[str, str]) -> Naming:
    writer = NamingWriter()
    for title, text in texts.items():
        writer.add(Source(id=title, title=title), [], [text])
    writer.write(folder / "names.json")
    return read_naming(folder / "names.json")


def sources(naming: Naming, question: str) -> list[tuple[str, ...]]:
    return [group.sources for group in naming.named_in(question)]


def test_a_source_is_named_in_whatever_case(naming: Naming) -> None:
    for question in ("Is Gemma open?", "is gemma open", "IS GEMMA OPEN"):
        assert sources(naming, question) == [("Gemma Terms of Use",)]


def test_the_more_precisely_named_source_displaces_its_neighbours(naming: Naming) -> None:
    assert sources(naming, "what may i do with llama 2") == [("Llama 2 Community License",)]
    assert sources(naming, "what may i do with llama 3.1") == [("Llama 3.1 Community License",)]
    (both,) = sources(naming, "what may i do with llama")
    assert both == ("Llama 2 Community License", "Llama 3.1 Community License")


def test_two_named_sources_are_two_groups(naming: Naming) -> None:
    found = sources(naming, "How do Gemma and Llama 2 differ?")
    assert sorted(found) == [("Gemma Terms of Use",), ("Llama 2 Community License",)]


def test_an_everyday_word_of_a_title_is_no_name(naming: Naming) -> None:
    assert sources(naming, "what are the terms of use of a model") == []
    assert sources(naming, "notes on the order") == []


def test_months_parts_and_bare_numbers_are_no_names(naming: Naming) -> None:
    assert sources(naming, "What came into force in August 2025?") == []
    assert sources(naming, "What does article 53 say?") == []
    assert sources(naming, "2 or 600") == []


def test_an_abbreviation_is_spelled_out_for_word_search(naming: Naming) -> None:
    assert naming.spelled_out("rules for GPAI") == "rules for GPAI (general purpose ai)"
    assert naming.spelled_out("rules for gpai") == "rules for gpai (general purpose ai)"
    assert naming.spelled_out("a GPAI order") == "a GPAI (general purpose ai) order"
    assert naming.spelled_out("what nobody shortened") == "what nobody shortened"
    assert naming.spelled_out("general purpose AI, GPAI") == "general purpose AI, GPAI"


def test_a_source_called_by_an_abbreviation_is_found_by_its_words_too(tmp_path: Path) -> None:
    writer = NamingWriter()
    for title, text in TEXTS.items():
        writer.add(Source(id=title, title=title), [], [text])
    copy = Source(id="copy", title="A copy from the register")
    writer.add(copy, ["https://register.example/EO14110.pdf"], ["Agencies are bound by this."])
    writer.write(tmp_path / "names.json")
    naming = read_naming(tmp_path / "names.json")
    for question in ("what did executive order 14110 say", "what did EO 14110 say", "eo14110?"):
        assert any("copy" in found for found in sources(naming, question)), question
    assert any(
        "Executive Order 14110" in found for found in sources(naming, "executive order 14110")
    )


def test_a_name_that_most_sources_share_tells_nothing(tmp_path: Path) -> None:
    texts = {f"Zephyr Report {n}": f"This is about Zephyr number {n}." for n in range(9)}
    assert sources(named(tmp_path, texts), "what is Zephyr") == []
