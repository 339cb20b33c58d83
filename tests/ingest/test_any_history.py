"""Whatever happens to the files, after an ingest the library holds just what they say."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.fetch import Fetcher
from ingest.inputs import Filter, find_inputs
from ingest.pipeline import Ingest
from ingest.progress import NoProgress
from ingest.reading import Reader
from ingest.report import Report
from knowledge.library import Library, connect_library
from tests.fakes import WordEncoder

NAMES = ("a.md", "b.md", "c.md", "d.md")
# each step writes some files with one of a few texts, or takes them away, then ingests
STEPS = st.lists(
    st.dictionaries(
        st.sampled_from(NAMES), st.one_of(st.none(), st.integers(0, 4)), min_size=1, max_size=4
    ),
    min_size=1,
    max_size=6,
)


def text_of(number: int) -> str:
    return f"Text {number}\n\nThis is what text {number} says about weights."


def take_in(library: Library, folder: Path) -> Report:
    run = Ingest(
        library=library,
        encoder=WordEncoder(),
        reader=Reader(partial(Fetcher, allow_private=False)),
        extract=lambda data, name: extract(data, name=name),
        data_dir=folder,
        progress=NoProgress(),
    )
    run.add(list(find_inputs([str(folder / "docs")], {}, Filter())))
    return run.report


def remembered(library: Library) -> dict[str, str]:
    """The text that the library holds for each file."""
    texts = {}
    for holding in library.holdings():
        found = library.document(holding.source.id)
        assert found is not None
        assert holding.locators
        assert "".join(chunk.text for chunk, _ in library.chunks(holding.source.id))
        for locator in holding.locators:
            assert locator not in texts
            texts[Path(locator).name] = found[0].text
    return texts


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_the_library_holds_the_last_text_of_every_file(
    steps: Sequence[dict[str, int | None]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        library = Library(connect_library(folder))
        (folder / "docs").mkdir()
        expected: dict[str, str] = {}
        for step in steps:
            for file, number in step.items():
                if number is None:
                    (folder / "docs" / file).unlink(missing_ok=True)
                else:
                    expected[file] = text_of(number)
                    (folder / "docs" / file).write_text(f"# {text_of(number)}", "utf-8")
            report = take_in(library, folder)
            holdings = {holding.source.id: holding for holding in library.holdings()}
            assert remembered(library) == expected
            assert len(holdings) == len(set(expected.values()))
            report.to_json(holdings)
            again = take_in(library, folder)
            assert (again.added, again.updated, again.removed, again.embedded) == ([], [], [], 0)
        library.close()
