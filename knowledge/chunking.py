"""Cuts a document into chunks that follow its headings and fit the encoder."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from langchain_text_splitters import RecursiveCharacterTextSplitter

from knowledge.instructions import is_instruction
from knowledge.model import Chunk, Document, Heading
from knowledge.sentences import Span, sentence_spans

TARGET_TOKENS = 200  # the best size measured for a 256-token encoder, pooled by maximum
MAX_CONTEXT_TOKENS = 64
TINY_TOKENS = 40
SPECIAL_TOKENS = 2
MAX_TOKEN_CHARACTERS = 16
KEPT_CONTEXT_PARTS = 2  # title and innermost heading outlast the headings between

CHUNKER_VERSION = 2  # a change here makes the next ingest cut every document anew


@dataclass(frozen=True, kw_only=True, slots=True)
class Budget:
    """How much text one vector may stand for.

    Attributes:
        count_tokens: tokens of a text, without special tokens.
        max_tokens: what the encoder reads at once, special tokens included.
    """

    count_tokens: Callable[[str], int]
    max_tokens: int

    def measure(self, text: str) -> int:
        """Tokens of `text`, and at least one for every `MAX_TOKEN_CHARACTERS` characters.

        A tokenizer may take a blob of any length for one unknown word.
        """
        return max(self.count_tokens(text), -(-len(text) // MAX_TOKEN_CHARACTERS))

    @property
    def context(self) -> int:
        """Most tokens of the title and headings in front of a text."""
        return min(MAX_CONTEXT_TOKENS, self.max_tokens // 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading with what follows it up to the next heading."""

    start: int
    end: int
    path: tuple[Heading, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The heading path as a reader sees it."""
        return tuple(heading.text for heading in self.path)


def embedding_text(title: str, chunk: Chunk, budget: Budget) -> str:
    """What the encoder reads for a chunk: title, enclosing headings, text.

    Title and headings are shortened to `Budget.context`, the outermost headings first, so that
    the whole always fits the encoder.
    """
    free = budget.max_tokens - SPECIAL_TOKENS - budget.measure(chunk.text)
    context = _context(title, chunk.heading_path, budget, room=min(budget.context, free))
    return f"{context}\n{chunk.text}" if context else chunk.text


def chunk_document(
    document: Document, *, source_id: str, title: str, budget: Budget
) -> tuple[Chunk, ...]:
    """The chunks of a document, in order.

    Sentences are never cut, but for one that alone exceeds what the encoder reads. Small sections
    below the same heading share a chunk. White space between chunks belongs to none of them, nor
    does a sentence that is an order to whoever answers (`knowledge.instructions`): it is neither
    searched nor shown, and no model will read it in a passage.
    """
    sections = _sections(document)
    spans: list[Span] = []
    for section in _merge(sections, document, budget):
        context = _context(title, section.names, budget, room=budget.context)
        room = budget.max_tokens - SPECIAL_TOKENS - budget.measure(context)
        for units in _units(document.text, section, room, budget):
            spans.extend(_pack(units, min(TARGET_TOKENS, room)))
    return _chunks(document, source_id, sections, spans)


def _sections(document: Document) -> list[Section]:
    sections: list[Section] = []
    path: list[Heading] = []
    starts = [heading.start for heading in document.headings]
    ends = [*starts[1:], len(document.text)] if starts else []
    if not starts or document.text[: starts[0]].strip():
        sections.append(Section(start=0, end=starts[0] if starts else len(document.text), path=()))
    for heading, end in zip(document.headings, ends, strict=True):
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
        sections.append(Section(start=heading.start, end=end, path=tuple(path)))
    return sections


def _merge(sections: Sequence[Section], document: Document, budget: Budget) -> list[Section]:
    """Joins a section to the one before when both are small and closely related."""
    merged: list[Section] = []
    size = 0
    for section in sections:
        tokens = budget.measure(document.text[section.start : section.end])
        if merged and size + tokens <= TARGET_TOKENS and _related(merged[-1], section, size):
            before = merged.pop()
            merged.append(Section(start=before.start, end=section.end, path=before.path))
            size += tokens
        else:
            merged.append(section)
            size = tokens
    return merged


def _related(before: Section, section: Section, size: int) -> bool:
    inside = section.path[: len(before.path)] == before.path
    siblings = bool(before.path) and section.path[:-1] == before.path[:-1]
    return (inside and bool(before.path)) or (siblings and size < TINY_TOKENS)


@dataclass(frozen=True, slots=True)
class _Unit:
    span: Span
    tokens: int


def _units(text: str, section: Section, room: int, budget: Budget) -> list[list[_Unit]]:
    """The sentences of a section, in runs between those that are orders."""
    runs: list[list[_Unit]] = [[]]
    for start, end in sentence_spans(text[section.start : section.end]):
        span = (section.start + start, section.start + end)
        tokens = budget.measure(text[span[0] : span[1]])
        if is_instruction(text[span[0] : span[1]]):
            runs.append([])
        elif tokens <= room:
            runs[-1].append(_Unit(span, tokens))
        else:
            runs[-1].extend(_split_long(text, span, room, budget))
    return runs


def _split_long(text: str, span: Span, room: int, budget: Budget) -> list[_Unit]:
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=room,
        chunk_overlap=0,
        length_function=budget.measure,
        separators=["; ", ": ", ", ", " ", ""],
        keep_separator="end",
        add_start_index=True,
    )
    units: list[_Unit] = []
    for piece in splitter.create_documents([text[span[0] : span[1]]]):
        start = span[0] + piece.metadata["start_index"]
        content = piece.page_content
        units.append(_Unit((start, start + len(content)), budget.measure(content)))
    return units


def _pack(units: Sequence[_Unit], target: int) -> list[Span]:
    """Fills chunks evenly: a long section becomes pieces of like size, none a leftover line."""
    total = sum(unit.tokens for unit in units)
    pieces = max(1, -(-total // target))
    goal = total / pieces
    spans: list[Span] = []
    start, size, done = 0, 0, 0
    for index, unit in enumerate(units):
        full = size + unit.tokens > target
        enough = done + unit.tokens / 2 >= goal * (len(spans) + 1)
        if size and (full or enough):
            spans.append((units[start].span[0], units[index - 1].span[1]))
            start, size = index, 0
        size += unit.tokens
        done += unit.tokens
    if size:
        spans.append((units[start].span[0], units[-1].span[1]))
    return spans


def _context(title: str, path: Sequence[str], budget: Budget, *, room: int) -> str:
    parts = [title, *path]
    while len(parts) > KEPT_CONTEXT_PARTS and budget.measure(" | ".join(parts)) > room:
        del parts[1]
    words = " | ".join(parts).split(" ")
    while words and budget.measure(" ".join(words)) > room:
        words = words[: len(words) * 9 // 10]
    return " ".join(words)


def _chunks(
    document: Document, source_id: str, sections: Sequence[Section], spans: Sequence[Span]
) -> tuple[Chunk, ...]:
    section_starts = [section.start for section in sections]
    seen: Counter[str] = Counter()
    chunks: list[Chunk] = []
    for ordinal, (start, end) in enumerate(spans):
        first = bisect_right(section_starts, start) - 1
        last = bisect_left(section_starts, end)
        text = document.text[start:end]
        slice_key = "\n".join((source_id, *sections[first].names, text))
        seen[slice_key] += 1
        digest = hashlib.sha256(f"{slice_key}\n{seen[slice_key]}".encode()).hexdigest()
        page = bisect_right(document.page_starts, start)
        last_page = bisect_left(document.page_starts, end)
        chunks.append(
            Chunk(
                id=digest[:24],
                source_id=source_id,
                text=text,
                start=start,
                end=end,
                ordinal=ordinal,
                page=page or None,
                page_breaks=tuple(
                    (document.page_starts[index] - start, index + 1)
                    for index in range(page, last_page)
                ),
                heading_path=sections[first].names,
                heading_breaks=tuple(
                    (section.start - start, section.names) for section in sections[first + 1 : last]
                ),
                links=tuple(
                    (opens - start, closes - start, address)
                    for opens, closes, address in document.links
                    if start <= opens < end
                ),
            )
        )
    return tuple(chunks)
