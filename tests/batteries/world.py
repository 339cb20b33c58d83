"""Documents that change at random, and what a complete one looks like.

Every paragraph of a document is stamped with the document's number, its version, its own number
and how many there are, as in `doc12ver3par4of30`. Whoever sees some chunks of it can tell whether
they are of one version, and whether any paragraph is missing or there twice.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

STAMP = re.compile(r"doc(\d+)ver(\d+)par(\d+)of(\d+)")
SUFFIXES = (".md", ".txt", ".html")
SUBJECTS = ("weights", "safeguards", "licences", "disclosure", "thresholds", "recall", "audits")
FEWEST, MOST = 4, 60
MOST_DOCUMENTS = 24
PAGES = 0.3  # of all documents


@dataclass(kw_only=True, slots=True)
class World:
    """The files and pages that an ingest is to take in.

    Attributes:
        docs: the folder of files.
        pages: the folder that the web server shows.
        site: address of the web server, with no slash at the end; empty for files alone.
        versions: of each document, by file name; pages begin with "page".
    """

    docs: Path
    pages: Path
    site: str
    chance: random.Random
    versions: dict[str, int] = field(default_factory=dict)
    _made: int = 0

    @property
    def manifest(self) -> Path:
        """The `sources.toml` that names every document."""
        return self.docs.parent / "sources.toml"

    def change(self, edits: int) -> None:
        """Adds, changes and removes documents, at random, and writes the manifest."""
        for _ in range(edits):
            names = sorted(self.versions)
            most = len(names) >= MOST_DOCUMENTS
            kind = self.chance.choices(("add", "change", "remove"), (0 if most else 3, 5, 2))[0]
            if kind == "add" or not names:
                self._add()
            elif kind == "change":
                self._write(self.chance.choice(names))
            else:
                name = self.chance.choice(names)
                del self.versions[name]
                self.path(name).unlink()
        self._write_manifest()

    def path(self, name: str) -> Path:
        """Where the document lies."""
        return (self.pages if name.startswith("page") else self.docs) / name

    def locator(self, name: str) -> str:
        """Under which name the library is to know the document."""
        return f"{self.site}/{name}" if name.startswith("page") else str(self.path(name))

    def _add(self) -> None:
        self._made += 1
        page = self.chance.random() < PAGES and bool(self.site)
        suffix = ".html" if page else self.chance.choice(SUFFIXES)
        self._write(f"{'page' if page else 'file'}{self._made}{suffix}")

    def _write(self, name: str) -> None:
        version = self.versions.get(name, 0) + 1
        self.versions[name] = version
        number = number_of(name)
        total = self.chance.randint(FEWEST, MOST)
        paragraphs = [
            f"In doc{number}ver{version}par{at}of{total} the provider answers for "
            f"{self.chance.choice(SUBJECTS)} and for {self.chance.choice(SUBJECTS)} alike."
            for at in range(1, total + 1)
        ]
        partial = self.docs.parent / "partial"
        partial.write_text(_dressed(name, number, paragraphs), "utf-8")
        partial.replace(self.path(name))  # the web server may be reading it

    def _write_manifest(self) -> None:
        entries = []
        for name in sorted(self.versions):
            place = "url" if name.startswith("page") else "path"
            entries.append(f'[[source]]\n{place} = "{self.locator(name)}"\n')
        self.manifest.write_text("\n".join(entries), "utf-8")


def number_of(name: str) -> int:
    """The number of the document with this file name."""
    return int(re.sub(r"\D", "", name))


def what_is_wrong(chunks: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """A sentence for each source that is not one whole version of one document.

    Args:
        chunks: the texts of each source's chunks, by source id.
    """
    for source_id, texts in chunks.items():
        stamps = [match for text in texts for match in STAMP.findall(text)]
        documents = {(number, version, total) for number, version, _, total in stamps}
        if len(documents) != 1:
            yield f"{source_id} mixes {sorted(documents) or 'nothing'}"
            continue
        ((_, _, total),) = documents
        times = Counter(int(at) for _, _, at, _ in stamps)
        missing = sorted(set(range(1, int(total) + 1)) - times.keys())
        twice = sorted(at for at, count in times.items() if count > 1)
        if missing:
            yield f"{source_id} lacks paragraphs {missing} of {total}"
        if twice:
            yield f"{source_id} has paragraphs {twice} twice"


def version_in(texts: Iterable[str]) -> tuple[int, int] | None:
    """Number and version of the document that the texts are of, or None without a stamp."""
    for text in texts:
        match = STAMP.search(text)
        if match:
            return int(match[1]), int(match[2])
    return None


def _dressed(name: str, number: int, paragraphs: list[str]) -> str:
    title = f"Report {number} on models"
    if name.endswith(".html"):
        body = "\n".join(f"<p>{text}</p>" for text in paragraphs)
        return (
            f"<!doctype html><html lang='en'><head><title>{title}</title></head>"
            f"<body><main><article><h1>{title}</h1>\n{body}</article></main></body></html>"
        )
    head = f"# {title}" if name.endswith(".md") else title
    return "\n\n".join((head, *paragraphs)) + "\n"
