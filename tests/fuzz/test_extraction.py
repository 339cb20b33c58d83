"""Whatever a file holds, it becomes a sound document or one sentence that says why not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.extract.hiding import Rules, colour, declarations, is_hidden
from ingest.extract.markup import Markup
from knowledge.errors import UnusableSourceError
from tests.fuzz.strategies import DOCUMENTS, FILES, PACKED, PDFS, TEXTS, mutated, repacked
from tests.ingest.extract.test_properties import check

SEEDS = st.integers(0, 2**32)
TIMES = st.integers(1, 30)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(data: bytes, name: str) -> None:
    """Extracts a file and looks at what came of it.

    Raises:
        AssertionError: when the document is unsound, or the reason more than a line.
    """
    try:
        found = extract(data, name=name)
    except UnusableSourceError as error:
        assert str(error)
        assert "\n" not in str(error)
        return
    check(found.document)
    assert all(warning and "\n" not in warning for warning in found.warnings)
    said = found.metadata
    lines = (said.title, said.publisher, said.licence, said.jurisdiction, *said.authors)
    assert all(line is None or (line and "\n" not in line) for line in lines)


@pytest.mark.parametrize("name", FILES)
@given(seed=SEEDS, times=TIMES)
@UNHURRIED
def test_a_changed_text_file_is_read_or_refused(name: str, seed: int, times: int) -> None:
    read(mutated(FILES[name], seed, times), name)


@pytest.mark.parametrize("name", PACKED)
@given(seed=SEEDS, times=TIMES)
@UNHURRIED
def test_a_changed_archive_is_read_or_refused(name: str, seed: int, times: int) -> None:
    read(mutated(PACKED[name], seed, times), name)
    read(repacked(PACKED[name], seed, times), name)


@pytest.mark.slow  # in this very process: a fault of the PDF library would end the run
@pytest.mark.parametrize("name", PDFS)
@given(seed=SEEDS, times=TIMES)
@UNHURRIED
def test_a_changed_pdf_is_read_or_refused(name: str, seed: int, times: int) -> None:
    read(mutated((DOCUMENTS / name).read_bytes(), seed, times), name)


@given(text=TEXTS)
@UNHURRIED
def test_any_style_sheet_and_style_are_understood_or_passed_over(text: str) -> None:
    Rules(text).style_of("p", {"class": text, "id": text, "style": text, "bgcolor": text})
    is_hidden({"style": text}, declarations(text))
    found = colour(text.lower())
    assert found is None or len(found) == 4


@given(texts=st.lists(TEXTS, max_size=5))
@UNHURRIED
def test_markup_gives_no_more_than_was_put_in(texts: list[str]) -> None:
    markup = Markup("\n".join(texts))
    for text in texts:
        assert len(markup.visible(text)) <= len(text)
        assert len(markup.visible_text(text)) <= len(text)


@given(form=st.sampled_from(["a.md", "a.html", "a.txt", "a.csv", "a.json"]), text=TEXTS)
@UNHURRIED
def test_any_text_in_any_form_is_read_or_refused(form: str, text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"), form)
