"""What the sources of a build are called, and what its abbreviations stand for.

A question that names a source ("what does NIST say", "under Llama 2's licence") is about that
source. A word counts as a name when the library's own texts write it with a capital, whatever the
asker does: "gemma" is a name, "model" is not, though both stand in titles.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.model import Source
from knowledge.words import is_function_word, stems

FILE = "names.json"
CAPITAL_SHARE = 0.6  # of a word's places, from which it is a name
MOST_SOURCES = 0.4  # of the library; what more of them are called tells nothing
OPENING_WORDS = 40
PAIR = 2
MOST_LETTERS = 12  # of an abbreviation
MOST_PLACES = 200  # where an abbreviation stands; one that stands everywhere needs no meaning

_TOKEN = re.compile(r"[A-Za-zÀ-ÿ]+|\d+(?:\.\d+)*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
# as in: general-purpose AI (GPAI)
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]{1,11})s?\)")
# written with a capital, but names of parts and of days
_NO_NAMES = frozenset(
    stems(
        """
        annex article chapter part paragraph recital section title volume page figure table
        january february march april may june july august september october november december
        monday tuesday wednesday thursday friday saturday sunday
        """.split()  # noqa: SIM905 - a list of that many strings reads worse
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedGroup:
    """Sources that a question names alike.

    Attributes:
        names: what the question calls them: stems, and pairs of stems.
        sources: their ids.
    """

    names: frozenset[str]
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Naming:
    """The names of a build's sources.

    Attributes:
        sources: ids.
        names: for each name, the positions in `sources` of those called so.
        abbreviations: what each stands for, by its lower-case letters.
    """

    sources: tuple[str, ...] = ()
    names: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    def named_in(self, text: str) -> tuple[NamedGroup, ...]:
        """The groups of sources that a text names, the most precisely named first.

        A source that fits more of the text's names displaces those that fit only some of the
        same ones: "Llama 2" means one licence and not the other.
        """
        spoken = stems(_TOKEN.findall(text))
        terms = dict.fromkeys((*spoken, *_pairs(spoken)))
        called: dict[int, set[str]] = defaultdict(set)
        for term in terms:
            for position in self.names.get(term, ()):
                called[position].add(term)
        groups: dict[frozenset[str], list[str]] = defaultdict(list)
        for position, names in sorted(called.items()):
            if not all(_is_number(name) for name in names):
                groups[frozenset(names)].append(self.sources[position])
        precise = [
            NamedGroup(names=names, sources=tuple(sources))
            for names, sources in groups.items()
            if not any(names < other for other in groups)
        ]
        return tuple(sorted(precise, key=lambda group: len(group.sources)))

    def spelled_out(self, text: str) -> str:
        """The text with what its abbreviations stand for behind them."""
        spoken = text.lower()

        def meaning(match: re.Match[str]) -> str:
            word = match.group()
            found = self.abbreviations.get(word.lower())
            if found is None or found in spoken or stems([word])[0] in self.names:
                return word
            return f"{word} ({found})"

        return re.sub(r"[A-Za-z]{2,12}", meaning, text)


class NamingWriter:
    """Collects the names of a new build's sources."""

    def __init__(self) -> None:
        self._called: dict[str, set[str]] = {}
        self._capitals: Counter[str] = Counter()
        self._places: Counter[str] = Counter()
        self._abbreviations: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, source: Source, locators: Sequence[str], texts: Sequence[str]) -> None:
        """Takes in a source with the texts of its chunks, in order."""
        said = [source.title, source.publisher or "", *source.authors]
        said += [_CAMEL.sub(" ", _address_words(locator)) for locator in locators]
        said.append(" ".join(" ".join(texts[:1]).split()[:OPENING_WORDS]))
        names: set[str] = set()
        for text in said:
            spoken = stems(_TOKEN.findall(text))
            names.update(stem for stem in spoken if len(stem) > 1 or stem.isdigit())
            names.update(_pairs(spoken))
        self._called[source.id] = names
        for text in texts:
            self._count(text)

    def write(self, path: Path) -> None:
        """Stores the names."""
        sources = tuple(self._called)
        holders: dict[str, list[int]] = defaultdict(list)
        meanings = {
            short: found.most_common(1)[0][0]
            for short, found in sorted(self._abbreviations.items())
        }
        for position, names in enumerate(self._called.values()):
            for name in names | _spoken_names(names, meanings):
                holders[name].append(position)
        most = max(1, MOST_SOURCES * len(sources))
        record = {
            "sources": sources,
            "names": {
                name: found
                for name, found in sorted(holders.items())
                if len(found) <= most and self._is_name(name)
            },
            "abbreviations": {
                short: meaning
                for short, meaning in meanings.items()
                if self._places[short] <= MOST_PLACES and self._is_name(stems([short])[0])
            },
        }
        path.write_text(json.dumps(record), "utf-8")

    def _is_name(self, name: str) -> bool:
        if _is_number(name):
            return True
        if name in _NO_NAMES:
            return False
        if not self._places[name]:
            return " " not in name and not is_function_word(name)
        return self._capitals[name] >= CAPITAL_SHARE * self._places[name]

    def _count(self, text: str) -> None:
        """Counts where words and pairs stand with a capital, but for headlines and openings."""
        for line in re.split(r"(?<=[.!?:;])\s+|\n", text):
            found = _TOKEN.findall(line)
            capital = [word[0].isupper() for word in found]
            if sum(capital) > CAPITAL_SHARE * len(found):
                continue
            spoken = stems(found)
            for place in range(1, len(found)):
                self._places[spoken[place]] += 1
                self._capitals[spoken[place]] += capital[place]
            for place, pair in enumerate(_pairs(spoken)):
                self._places[pair] += 1
                self._capitals[pair] += capital[place] and capital[place + 1]
        for match in _ABBREVIATION.finditer(text):
            meaning = _meaning(match[1], text[: match.start()])
            if meaning:
                self._abbreviations[match[1].lower()][meaning] += 1


def read_naming(path: Path) -> Naming:
    """The names of a build.

    Raises:
        OSError, ValueError, LookupError, TypeError: when the file is missing or damaged.
    """
    record = json.loads(path.read_text("utf-8"))
    return Naming(
        sources=tuple(record["sources"]),
        names={name: tuple(found) for name, found in record["names"].items()},
        abbreviations=dict(record["abbreviations"]),
    )


def _spoken_names(names: Iterable[str], meanings: Mapping[str, str]) -> set[str]:
    """What names of two words become when they are spoken out: EO is "executive order"."""
    pairs = (stems(meanings[name].split()) for name in names if name in meanings)
    return {" ".join(pair) for pair in pairs if len(pair) == PAIR}


def _meaning(short: str, before: str) -> str | None:
    """The words in front of "(GPAI)" whose initials it is made of, in lower case."""
    words = re.findall(r"[A-Za-z]+", before[-120:])
    for size in range(2, MOST_LETTERS):
        tail = words[-size:]
        initials = "".join(word[0] for word in tail if not is_function_word(word.lower()))
        if len(tail) == size and _abbreviates(short, tail, initials):
            return " ".join(tail).lower()
    return None


def _abbreviates(short: str, tail: Sequence[str], initials: str) -> bool:
    whole = "".join(word[0] for word in tail)
    inner = "".join(word if word.isupper() else word[0] for word in tail)
    return short.lower() in (whole.lower(), inner.lower()) or (
        len(initials) > 1
        and short.lower() == initials.lower()
        and not is_function_word(tail[0].lower())
    )


def _address_words(locator: str) -> str:
    """The words of a path or address, without its scheme."""
    parts = urlsplit(locator)
    return f"{parts.netloc} {parts.path} {parts.query}" if parts.netloc else locator


def _pairs(spoken: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(spoken)]


@lru_cache(maxsize=4096)
def _is_number(name: str) -> bool:
    return name.replace(".", "").isdigit()
