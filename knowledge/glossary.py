"""The glossary: what terms mean, in plain words and in exact ones, each with its source."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from knowledge.errors import SettingsError

STANDARD = Path(__file__).parent / "corpus" / "glossary.toml"
LONGEST_ID = 40  # characters; two ids fit the custom id of a button
LONGEST_TEXT = 700  # characters of a definition
MOST_IN_AN_ANSWER = 3
LEAST_LIKENESS = 0.75  # of a name to what was typed, from 0 to 1; below it, they share little

_GAP = re.compile(r"[\s-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The source that a definition rests on."""

    title: str
    url: str
    published: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A term and what it means.

    Attributes:
        id: what links and buttons call it.
        name: as it is written in a sentence.
        also: other names and abbreviations.
        plain: what it means, in everyday words.
        expert: what it means, exactly.
        see: ids of terms that help to understand it.
    """

    id: str
    name: str
    also: tuple[str, ...]
    plain: str
    expert: str
    source: Origin
    see: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, its own first."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class Glossary:
    """Terms in the order of their names."""

    terms: tuple[Term, ...] = field(default=())

    @cached_property
    def by_id(self) -> Mapping[str, Term]:
        """The terms by their ids."""
        return {term.id: term for term in self.terms}

    @cached_property
    def letters(self) -> Mapping[str, tuple[Term, ...]]:
        """The terms by the letter that their names begin with, "#" for all else."""
        found: dict[str, list[Term]] = {}
        for term in self.terms:
            first = term.name[:1].upper()
            found.setdefault(first if first.isascii() and first.isalpha() else "#", []).append(term)
        return {letter: tuple(found[letter]) for letter in sorted(found)}

    @cached_property
    def _by_name(self) -> Mapping[str, Term]:
        named: dict[str, Term] = {}
        for term in self.terms:
            for name in (term.id, *term.names):
                named.setdefault(_folded(name), term)
        return named

    def find(self, name: str) -> Term | None:
        """The term of that name or id, however it is spelled out; None when there is none."""
        folded = _folded(name)
        return self._by_name.get(folded) or self._by_name.get(folded.removesuffix("s"))

    def nearest(self, name: str, *, most: int = 3) -> tuple[Term, ...]:
        """The terms whose names are spelled most like it, the closest first; maybe none."""
        ranked = process.extract(
            _folded(name),
            list(self._by_name),
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=LEAST_LIKENESS,
            limit=most * 4,  # a term has several names
        )
        found = dict.fromkeys(self._by_name[match].id for match, _, _ in ranked)
        return tuple(self.by_id[each] for each in found)[:most]

    def beginning(self, typed: str) -> tuple[Term, ...]:
        """The terms that fit what somebody has typed so far: by their beginning, then within."""
        folded = _folded(typed)
        first = [term for term in self.terms if _begins(term, folded)]
        within = [
            term
            for term in self.terms
            if term not in first and any(folded in _folded(name) for name in term.names)
        ]
        return (*first, *within)

    def used_in(self, texts: Iterable[str], *, most: int = MOST_IN_AN_ANSWER) -> tuple[Term, ...]:
        """The terms that occur in some texts as whole words; those with the longest names first.

        A word belongs to the longest name that it is part of.
        """
        found: dict[str, int] = {}
        for text in texts:
            for start, end, term in self._occurrences(text):
                found[term.id] = max(found.get(term.id, 0), end - start)
        ranked = sorted(found, key=lambda each: (-found[each], each))
        return tuple(self.by_id[each] for each in ranked[:most])

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, Term]]:
        taken: list[tuple[int, int]] = []
        for pattern, term in self._patterns:
            for match in pattern.finditer(text):
                start, end = match.span()
                if all(end <= begun or ended <= start for begun, ended in taken):
                    taken.append((start, end))
                    yield start, end, term

    @cached_property
    def _patterns(self) -> Sequence[tuple[re.Pattern[str], Term]]:
        names = [(name, term) for term in self.terms for name in term.names]
        names.sort(key=lambda pair: -len(pair[0]))
        return [(_whole(name), term) for name, term in names]


def read_glossary(path: Path = STANDARD) -> Glossary:
    """The glossary in a file.

    Raises:
        SettingsError: naming what in the file cannot be used.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        record = _File.model_validate(tables)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read ({error}). Mend it.") from error
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in detail["loc"])
        raise SettingsError(
            f"{path.name}: {place}: {detail['msg']}. `python -m knowledge lint-corpus` names "
            "the lines to mend."
        ) from error
    terms = [each.term() for each in record.term]
    return Glossary(tuple(sorted(terms, key=lambda term: term.name.casefold())))


class _Source(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    url: str
    published: str | None = None


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=LONGEST_ID)
    name: str = Field(alias="term", min_length=1)
    also: tuple[str, ...] = ()
    plain: str = Field(min_length=1, max_length=LONGEST_TEXT)
    expert: str = Field(min_length=1, max_length=LONGEST_TEXT)
    source: _Source
    see: tuple[str, ...] = ()

    def term(self) -> Term:
        """The record without the parser."""
        origin = self.source
        return Term(
            id=self.id,
            name=self.name,
            also=self.also,
            plain=self.plain.strip(),
            expert=self.expert.strip(),
            source=Origin(title=origin.title, url=origin.url, published=origin.published),
            see=self.see,
        )


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    term: tuple[_Entry, ...] = ()


def _folded(name: str) -> str:
    return _GAP.sub(" ", name.casefold()).strip()


def _begins(term: Term, folded: str) -> bool:
    return any(_folded(name).startswith(folded) for name in term.names)


def _whole(name: str) -> re.Pattern[str]:
    """A pattern for a name as a whole word, its hyphens and plural as people write them.

    Abbreviations are told from words by their capitals: "RAG" is no rag.
    """
    words = r"[\s-]+".join(map(re.escape, _GAP.split(name.strip())))
    short = any(letter.isupper() for letter in name[1:])
    plural = "" if name.endswith("s") else "s?"
    return re.compile(rf"(?<![\w-]){words}{plural}(?![\w-])", 0 if short else re.IGNORECASE)
