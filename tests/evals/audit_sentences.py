"""Draws sentences of the starter corpus by lot, each with its sources, for somebody to check.

The same seed draws the same sentences from the same corpus: `python -m tests.evals.audit_sentences
--seed 8 -n 30`.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.curation.brief import Brief, Link, read_brief
from knowledge.curation.lint import CORPUS
from knowledge.sentences import sentence_spans


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence to check.

    Attributes:
        line: of its paragraph, in the file.
        text: without markup.
        links: of its paragraph, in order.
    """

    file: str
    line: int
    section: str
    text: str
    links: tuple[Link, ...]


def sentences_of(brief: Brief) -> Iterator[Sentence]:
    """The sentences of a brief, headings left out."""
    for block in brief.blocks:
        if block.is_heading:
            continue
        text = block.plain
        for start, end in sentence_spans(text):
            yield Sentence(
                file=brief.name,
                line=block.line,
                section=block.section,
                text=text[start:end],
                links=block.links,
            )


def drawn(sentences: Sequence[Sentence], seed: int, count: int) -> list[Sentence]:
    """So many of the sentences, by lot, in the order of the corpus.

    Each has a lot of its own, made of the seed and its words: a sentence that is added elsewhere
    takes the place of at most one.
    """

    def lot(sentence: Sentence) -> str:
        named = f"{seed}\n{sentence.file}\n{sentence.text}"
        return hashlib.sha256(named.encode()).hexdigest()

    chosen = {id(each) for each in sorted(sentences, key=lot)[:count]}
    return [each for each in sentences if id(each) in chosen]


def as_markdown(sentences: Sequence[Sentence], seed: int, all_of_them: int) -> str:
    """The sentences as a list to tick off, the sources of their paragraph below each."""
    lines = [f"# {len(sentences)} of {all_of_them} sentences, drawn with seed {seed}", ""]
    for number, each in enumerate(sentences, 1):
        lines += [f"{number}. {each.text}", f"   - `{each.file}:{each.line}`, {each.section}"]
        urls = dict.fromkeys(link.target for link in each.links)
        lines += [f"   - <{url}>" if "://" in url else f"   - `{url}`" for url in urls]
        if not urls:
            lines.append("   - no source linked in its paragraph")
        lines.append("   - [ ] the source says so")
        lines.append("")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the sentences; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.evals.audit_sentences")
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS, metavar="DIR")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the lots (1)")
    parser.add_argument("-n", type=int, default=30, dest="count", metavar="N", help="how many (30)")
    options = parser.parse_args(arguments)
    briefs = [read_brief(path) for path in sorted(options.folder.glob("*.md"))]
    sentences = [each for brief in briefs for each in sentences_of(brief)]
    chosen = drawn(sentences, options.seed, options.count)
    print(as_markdown(chosen, options.seed, len(sentences)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
