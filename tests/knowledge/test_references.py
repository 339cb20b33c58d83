import pytest

from knowledge.references import heading_references, named_references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What does Article 53 say?", ("article 53",)),
        ("what does art. 53 (2) say", ("article 53(2)",)),
        ("point (b) of art 53(2)(b)", ("article 53(2)",)),
        ("Arts. 5 and recital 104", ("article 5", "recital 104")),
        ("§ 4.6 of the order", ("section 4.6",)),
        ("Sec. 4.6 or section 4.6?", ("section 4.6",)),
        ("ANNEX XI and annex iii", ("annex xi", "annex iii")),
        ("chapter V", ("chapter v",)),
        ("Article 4a", ("article 4a",)),
        ("GV-1.3-004 and GOVERN 1.2", ("gv-1.3-004", "govern-1.2")),
        ("LLM03 is what?", ("llm03",)),
    ],
)
def test_provisions_are_recognised_however_they_are_spelled(
    text: str, expected: tuple[str, ...]
) -> None:
    assert named_references(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "What happened in 2023?",
        "53(2)",
        "the article about weights",
        "a section on openness",
        "an artist of 53 years",
        "a party of 5",
        "",
    ],
)
def test_what_leaves_doubt_names_no_provision(text: str) -> None:
    assert named_references(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Articles 53 and 55", "article 53, article 55"),
        ("articles 53, 54(1) or 55", "article 53, article 54(1), article 55"),
        ("arts. 5 to 8", "article 5, article 6, article 7, article 8"),
        ("recitals 97-99", "recital 97, recital 98, recital 99"),
        ("annexes XI and XII", "annex xi, annex xii"),
        ("sections 1 to 900", "section 1, section 900"),
        ("article 53 and 55 others", "article 53"),
    ],
)
def test_a_plural_names_each_of_several_provisions(text: str, expected: str) -> None:
    assert named_references(text) == tuple(expected.split(", "))


def test_a_provision_named_twice_counts_once() -> None:
    assert named_references("Article 5, that is art. 5") == ("article 5",)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Article 53 Obligations for providers", "article 53"),
        ("Article 53(2)", "article 53(2)"),
        ("Sec. 4.6. Soliciting Input", "section 4.6"),
        ("4.6. Soliciting Input", "section 4.6"),
        ("1. License Rights", "section 1"),
        ("ANNEX XI Technical documentation", "annex xi"),
        ("GV-1.3-004 Some action", "gv-1.3-004"),
        ("LLM03:2025 Supply chain", "llm03"),
    ],
)
def test_a_heading_tells_the_provision_it_is_of(heading: str, expected: str) -> None:
    assert heading_references(("CHAPTER V", heading)) == ("chapter v", expected)


def test_a_heading_that_only_mentions_a_provision_is_not_of_it() -> None:
    assert heading_references(("How to read Article 53", "Weights, section by section")) == ()


def test_a_question_and_a_heading_spell_a_provision_alike() -> None:
    assert named_references("art. 53 (2)") == heading_references(["Article 53(2)"])
    assert named_references("§4.6") == heading_references(["4.6. Soliciting Input"])
