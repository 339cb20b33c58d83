"""Holds the ingest that tutorials show against Caveat's, case by case.

    python3 -m venv /tmp/naive
    /tmp/naive/bin/pip install -r tests/benchmarks/requirements-naive.txt
    .venv/bin/python -m tests.benchmarks.naive_ingest /tmp/naive/bin/python

Both read the same files with the same weights. Prints a table in Markdown.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.compose import open_searcher
from knowledge.encoders.weights import find_source
from knowledge.model import Passage
from knowledge.settings import STARTER_ENCODER, KnowledgeSettings
from tests.benchmarks.sides import REASON, ROOT, Caveat, Naive, Outcome

CORPUS = ROOT / "knowledge" / "corpus"
PDFS = ROOT / "tests" / "fixtures" / "documents"
EDITIONS = 5
EMBEDDING_SECONDS = 5.0  # before a kill: a quarter of what embedding takes at best
OLD, NEW = "The harbour keeps forty two tugs in service.", "The harbour keeps nine tugs in service."
LATE = "The lighthouse registry of model weights opens every seventh winter."
BAD = {
    "a truncated PDF": ("bad.pdf", (PDFS / "truncated.pdf").read_bytes()),
    "an encrypted PDF": ("bad.pdf", (PDFS / "encrypted.pdf").read_bytes()),
    "an empty PDF": ("bad.pdf", b""),
    "a binary `.txt`": ("bad.txt", bytes(range(256)) * 8),
    "a Latin-1 `.txt`": ("bad.txt", "Das Café schließt um fünf Uhr. ".encode("latin-1") * 20),
}

Row = tuple[str, str, str]


@dataclass(kw_only=True, slots=True)
class Comparison:
    """Runs the cases in a folder; each begins with empty stores."""

    folder: Path
    python: Path
    model: Path
    _number: int = 0

    def rows(self) -> Iterator[Row]:
        """Case, what the naive pipeline did, what Caveat did."""
        yield from self.killed()
        yield from self.repeated()
        for name, (file, data) in BAD.items():
            yield self.with_bad_file(name, file, data)
        yield self.with_open_reader()

    def sides(self) -> tuple[Naive, Caveat, Path]:
        """Fresh stores and an empty folder for documents."""
        self._number += 1
        place = self.folder / str(self._number)
        documents = place / "documents"
        documents.mkdir(parents=True)
        naive = Naive(python=self.python, model=self.model, store=place / "store")
        return naive, Caveat(data=place / "data"), documents

    def repeated(self) -> Iterator[Row]:
        """A second ingest, then one after a change."""
        naive, caveat, documents = self.sides()
        for path in sorted(CORPUS.glob("m*.md")):
            shutil.copy(path, documents)
        (documents / "harbour.md").write_text(f"# The harbour\n\n{OLD}\n", "utf-8")
        first, ours = naive.ingest(documents), caveat.ingest(documents)
        second, again = naive.ingest(documents), caveat.ingest(documents)
        yield (
            "the same files a second time",
            f"{first.record['stored']} chunks become {second.record['stored']}",
            (
                f"{ours.record['chunks']} chunks stay {again.record['chunks']}, "
                f"{again.record['embedded']} embedded"
            ),
        )
        (documents / "harbour.md").write_text(f"# The harbour\n\n{NEW}\n", "utf-8")
        naive.ingest(documents)
        caveat.ingest(documents)
        found = naive.ask(OLD)
        shown = [passage.chunk.text for passage in self._search(caveat, OLD)]
        yield (
            "a document that changed",
            f"the old text is {_found(OLD, found)}, the new one {_found(NEW, found)}",
            f"the old text is {_found(OLD, shown)}, the new one {_found(NEW, shown)}",
        )

    def killed(self) -> Iterator[Row]:
        """How fast both are, and what SIGKILL half-way costs."""
        naive, caveat, documents = self.sides()
        make_editions(documents)
        quick, ours = naive.ingest(documents), caveat.ingest(documents)
        again, anew, _ = self.sides()  # the better of two, on a machine that does other things
        quick = min(quick, again.ingest(documents), key=lambda each: each.seconds)
        ours = min(ours, anew.ingest(documents), key=lambda each: each.seconds)
        whole, chunks = int(quick.record["stored"]), int(ours.record["chunks"])
        yield (
            f"{len(list(documents.iterdir()))} new documents",
            _speed(whole, quick),
            _speed(chunks, ours),
        )
        one_go, _, _ = self.sides()
        one_go.ingest(documents, until=_while_embedding())
        left = one_go.stored()
        after = one_go.ingest(documents).record["stored"]
        each, killed, _ = self.sides()
        each.ingest(documents, "each", until=lambda _: each.stored() >= whole / 2)
        part, doubled = each.stored(), each.ingest(documents, "each").record["stored"]
        killed.ingest(documents, until=lambda _: killed.vectors() >= chunks / 2)
        kept, rest = killed.vectors(), killed.ingest(documents)
        yield (
            "SIGKILL half-way, then again",
            (
                f"in one go: {left} of {whole} chunks kept, then {after}; "
                f"file by file: {part} kept, then {doubled}"
            ),
            (
                f"{kept} of {chunks} vectors kept, the re-run embeds {rest.record['embedded']}, "
                f"then {rest.record['chunks']} chunks"
            ),
        )

    def with_bad_file(self, name: str, file: str, data: bytes) -> Row:
        """A file that cannot be read as it says, between two that can."""
        naive, caveat, documents = self.sides()
        for good in ("alpha.md", "omega.md"):
            (documents / good).write_text(f"# {good}\n\n{OLD} It is {good}.\n", "utf-8")
        (documents / file).write_bytes(data)
        theirs, ours = naive.ingest(documents), caveat.ingest(documents)
        problems = [*ours.record["failed"], *ours.record["rejected"]]
        said = "; ".join(problem["reason"][:REASON] for problem in problems)
        return (
            f"{name} between two good files",
            f"exit {theirs.code}, {naive.stored()} chunks: {theirs.error}",
            f"exit {ours.code}, {len(ours.record['added'])} of 3 taken in"
            + (f": {said}" if said else ", it too"),
        )

    def with_open_reader(self) -> Row:
        """A reader is open while another process adds a document."""
        naive, caveat, documents = self.sides()
        shutil.copy(CORPUS / "marginal-risk.md", documents)
        naive.ingest(documents)
        caveat.ingest(documents)
        late = documents / "late"
        late.mkdir()
        (late / "lighthouse.md").write_text(f"# The lighthouse\n\n{LATE}\n", "utf-8")
        with naive.reader() as reader:
            before = reader.ask(LATE)["count"]
            naive.ingest(late)
            answer = reader.ask(LATE)
        searcher = open_searcher(_settings(caveat))
        searcher.search(LATE)
        caveat.ingest(late)
        shown = [passage.chunk.text for passage in searcher.search(LATE)]
        searcher.close()
        return (
            "a reader is open while another process adds a document",
            (
                f"its count goes from {before} to {answer['count']}, "
                f"the new text is {_found(LATE, answer['texts'])}"
            ),
            f"the new text is {_found(LATE, shown)} with the next question",
        )

    def _search(self, caveat: Caveat, question: str) -> list[Passage]:
        searcher = open_searcher(_settings(caveat))
        try:
            return list(searcher.search(question))
        finally:
            searcher.close()


def make_editions(folder: Path) -> None:
    """The project's own briefs, several times, with an edit in every paragraph."""
    for path in sorted(CORPUS.glob("*.md")):
        paragraphs = path.read_text("utf-8").split("\n---\n", 1)[1].split("\n\n")
        for edition in range(1, EDITIONS + 1):
            edited = [
                f"{paragraph} This is said in edition {edition} of {path.stem}."
                if paragraph.strip() and not paragraph.lstrip().startswith("#")
                else paragraph
                for paragraph in paragraphs
            ]
            text = f"# Edition {edition} of {path.stem}\n" + "\n\n".join(edited)
            (folder / f"{path.stem}-{edition}.md").write_text(text, "utf-8")


def _settings(caveat: Caveat) -> KnowledgeSettings:
    return KnowledgeSettings(CAVEAT_DATA_DIR=caveat.data, DEVICE="cpu", _env_file=None)


def _while_embedding() -> Callable[[str], bool]:
    """Holds some seconds after a process said that it embeds."""
    since: list[float] = []

    def holds(output: str) -> bool:
        if "embedding" in output and not since:
            since.append(time.monotonic())
        return bool(since) and time.monotonic() - since[0] > EMBEDDING_SECONDS

    return holds


def _found(text: str, texts: list[str]) -> str:
    return "found" if any(text in each for each in texts) else "not found"


def _speed(chunks: int, outcome: Outcome) -> str:
    inside = float(outcome.record["seconds"])
    return (
        f"{chunks} chunks, {chunks / inside:.1f} a second; "
        f"{outcome.seconds:.0f} s with the start of the process, "
        f"{outcome.processor:.0f} s of processor time"
    )


def main() -> int:
    """Prints the table."""
    if len(sys.argv) != 2:
        sys.stderr.write("Name the Python of the venv with requirements-naive.txt.\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="naive-") as name:
        comparison = Comparison(
            folder=Path(name),
            python=Path(sys.argv[1]),
            model=Path(find_source(STARTER_ENCODER).name),
        )
        say = sys.stdout.write
        say("| case | tutorial pipeline | Caveat |\n|---|---|---|\n")
        for row in comparison.rows():
            say("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
