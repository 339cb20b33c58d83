import pytest

from ingest.extract import extract


def text_of(text: str, name: str = "note.txt") -> str:
    return extract(text.encode(), name=name).document.text


def test_wrapped_lines_become_paragraphs_and_list_items_stay_apart() -> None:
    text = (
        "ON WEIGHTS\nA model whose weights are published can be copied by anyone who\n"
        "wants to, and nobody can call it back afterwards, whatever happens.\n"
        "- first point of the list, which is long enough to be wrapped over to\n"
        "  a second line\n- second point\n\n\nLast words."
    )
    clause = "whose weights are published can be copied by anyone who"
    assert text_of(text).split("\n\n") == [
        "ON WEIGHTS",
        f"A model {clause} wants to, and nobody can call it back afterwards, whatever happens.",
        "- first point of the list, which is long enough to be wrapped over to a second line",
        "- second point",
        "Last words.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_common_encodings_are_read(encoding: str) -> None:
    words = "Die Gewichte des Modells können überall geprüft werden, sagt die Behörde in Zürich."
    assert extract(words.encode(encoding), name="a.txt").document.text == words


def test_invisible_characters_are_dropped_and_the_rest_composed() -> None:
    assert text_of("so\u00adft ze\u200bro cafe\u0301 \ufb01ne\x07 wide\u00a0space") == (
        "soft zero café fine wide space"
    )


def test_the_first_short_line_is_the_title() -> None:
    metadata = extract(b"\n\nOn weights\n\nThey are numbers.", name="x").metadata
    assert metadata.title == "On weights"


@pytest.mark.parametrize(
    "notice",
    [
        "Sorry, you need to enable JavaScript to visit this website.",
        "Skip to main content",
        "Please turn on cookies",
        "This site uses cookies",
        "Just a moment...",
    ],
)
def test_what_a_page_says_to_its_visitor_is_no_title(notice: str) -> None:
    text = f"{notice}\n\nOn weights\n\nWeights that were released cannot be recalled by anybody."
    assert extract(text.encode(), name="x.txt").metadata.title is None


def test_a_title_above_a_longer_paragraph_is_a_heading() -> None:
    headings = extract(f"What now?\n\n{'Words go on. ' * 15}".encode(), name="x").document.headings
    assert [item.text for item in headings] == ["What now?"]


def test_sections_of_an_order_nest() -> None:
    order = (
        "Section 1.  Purpose.  Models matter.\n\nSec. 2.  Safety.\n\n"
        "2.1.  Testing Models.  Tests come first.\n\n2.2.  Reporting.  Then reports."
    )
    headings = extract(order.encode(), name="order.txt").document.headings
    assert [(item.level, item.text) for item in headings] == [
        (2, "Section 1. Purpose"),
        (2, "Sec. 2. Safety"),
        (3, "2.1. Testing Models"),
        (3, "2.2. Reporting"),
    ]


def test_numbered_sections_of_a_licence_are_headings_and_its_lists_are_not() -> None:
    licence = (
        "1. License Rights.\n\na. You may copy.\n\n"
        "2. Term and Termination. It ends with breach.\n\n"
        "7. send a copy\n\n3. Governing Law"
    )
    headings = extract(licence.encode(), name="LICENSE").document.headings
    assert [item.text for item in headings] == [
        "1. License Rights",
        "2. Term and Termination",
        "3. Governing Law",
    ]


def test_outcomes_of_a_framework_are_headings() -> None:
    text = "GOVERN 1.1: Duties are understood.\n\nSome words.\n\nMAP 2\n\nMore words."
    headings = extract(text.encode(), name="x").document.headings
    assert [item.text for item in headings] == ["GOVERN 1.1: Duties are understood", "MAP 2"]
