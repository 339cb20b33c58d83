"""Right sentences made wrong by rule, in one way each, to fit the judge of the support check.

Writers make wrong sentences of every sort, but few; these are many, of a simple sort, and it is
known which words are wrong in them.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from tests.evals.support_pairs import Kind, Pair

_NUMBER = re.compile(r"(?<![\w.])\d(?:[\d,.]*\d)?(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(
    r"(?<![.!?:] )(?<!^)\b(?:[A-Z][\w&\u2019'-]*[a-z\d]|[A-Z]{2,})"
    r"(?: (?:(?:of|for|and|the|on) )?(?:[A-Z][\w&\u2019'-]*[a-z\d]|[A-Z]{2,}))*"
)
_EXCEPTION = re.compile(
    r",? (?:unless|except|if|provided that|so long as|other than|apart from|only if|when)\b[^,.;]*"
)
_END = re.compile(
    r",? (?:because|so that|which|in order to|to (?:protect|avoid|prevent|help|make|reduce)|after"
    r"|while|and)\b[^,.;]*(?=\.$)"
)
_LEAST_KEPT = 25  # characters before an exception that is left out
_FACTORS = (0.1, 0.5, 0.9, 1.1, 1.25, 1.5, 2.0, 3.0, 10.0)
_WORDS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fifteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "ninety",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS: Mapping[str, Sequence[str]] = {
    "days": ("weeks", "months", "hours"),
    "weeks": ("days", "months"),
    "months": ("weeks", "days", "years"),
    "years": ("months", "decades"),
    "hours": ("days", "minutes"),
    "million": ("billion", "thousand"),
    "billion": ("million", "trillion"),
    "half": ("a third", "a quarter"),
    "third": ("quarter", "fifth"),
    "quarter": ("third", "fifth"),
    "twice": ("three times",),
}
_OPPOSITES = (
    "increase/decrease increased/decreased rose/fell raised/lowered gained/lost won/lost "
    "higher/lower more/fewer larger/smaller above/below over/under up/down before/after "
    "earlier/later first/last start/end begins/ends faster/slower better/worse best/worst "
    "strengthened/weakened small/large new/old many/few most/few allowed/forbidden allows/forbids "
    "permits/prohibits permitted/prohibited accepted/rejected approved/refused agreed/refused "
    "supports/opposes supported/opposed confirmed/denied succeeded/failed includes/excludes "
    "with/without internal/external public/private open/closed safe/unsafe likely/unlikely "
    "easy/hard easier/harder possible/impossible voluntary/mandatory optional/required "
    "exempt/bound minimum/maximum least/most always/never strict/lax cheaper/costlier "
    "present/absent still/no_longer"
)
_FLIPPED = tuple(
    (one.replace("_", " "), other.replace("_", " "))
    for pair in _OPPOSITES.split()
    for one, other in (pair.split("/"), pair.split("/")[::-1])
)
_MODALS: Mapping[str, Sequence[str]] = {
    "may": ("must", "will"),
    "must": ("may", "should"),
    "shall": ("may",),
    "should": ("must", "may"),
    "could": ("will", "did"),
    "can": ("must", "cannot"),
    "might": ("will", "must"),
    "will": ("may", "might"),
    "has to": ("may",),
    "have to": ("may",),
    "required to": ("allowed to", "encouraged to"),
    "allowed to": ("required to",),
    "obliged to": ("free to", "encouraged to"),
    "encouraged to": ("required to",),
    "recommends": ("requires",),
    "recommended": ("required",),
    "proposed": ("adopted",),
    "proposal": ("law",),
    "plans to": ("has begun to",),
    "planned": ("completed",),
    "suggests": ("proves",),
    "suggested": ("proved",),
    "expects": ("has seen",),
    "estimated": ("measured",),
    "draft": ("final",),
    "asked": ("ordered",),
}
_RANGES: Mapping[str, Sequence[str]] = {
    "some": ("all",),
    "all": ("some", "most"),
    "most": ("all", "some"),
    "many": ("all",),
    "every": ("some",),
    "any": ("some",),
    "several": ("all",),
    "only": ("also",),
    "usually": ("always",),
    "often": ("always",),
    "sometimes": ("always",),
    "mainly": ("only",),
    "generally": ("always",),
    "rarely": ("often",),
    "at least": ("at most", "exactly"),
    "at most": ("at least",),
    "up to": ("at least", "exactly"),
    "more than": ("less than", "exactly"),
    "less than": ("more than",),
    "about": ("more than",),
    "nearly": ("more than",),
    "almost": ("more than",),
    "partly": ("fully",),
}
_DENIED = tuple(
    (rf"\b{verb}\b(?! not)", "cannot" if verb == "can" else f"{verb} not")
    for verb in [
        "is",
        "are",
        "was",
        "were",
        "must",
        "may",
        "should",
        "can",
        "has",
        "have",
        "will",
        "could",
        "would",
        "had",
    ]
)
_AFFIRMED = (
    (
        r"\b(is|are|was|were|must|may|should|has|have|will|could|would|had|need|do|does|did) not\b",
        r"\1",
    ),
    (r"\bcannot\b", "can"),
    (r"\bwithout\b", "with"),
    (r"\bnever\b", "always"),
    (r"\bno longer\b", "still"),
    (r"\b[Nn]one\b", "all"),
    (r"\b[Nn]o\b", "a"),
    (r"\bnot ", ""),
)


def made_wrong(
    pair: Pair, draw: random.Random, *, sentences: Sequence[str], names: Sequence[str]
) -> Pair | None:
    """A right pair made wrong in a way that its words allow; None when they allow none.

    Args:
        pair: a supported one.
        draw: where chance comes from.
        sentences: of all passages.
        names: in all passages.
    """
    sentence, passage = pair.sentence, pair.passage
    ways: list[tuple[Kind, str]] = [
        *_other_number(sentence, passage, draw),
        *_other_name(sentence, passage, names, draw),
        *_denied(sentence, draw),
        *_exchanged(sentence, "number", _UNITS, draw),
        *_exchanged(sentence, "modality", _MODALS, draw),
        *_exchanged(sentence, "scope", _RANGES, draw),
        *_left_out(sentence),
        *_added(sentence, passage, draw.choice(sentences)),
    ]
    ways = [way for way in ways if way[1] != sentence]
    if not ways:
        return None
    kind, changed = draw.choice(ways)
    return pair.model_copy(update={"kind": kind, "sentence": changed})


def names_in(text: str) -> list[str]:
    """The names of a text, but for those that begin a sentence."""
    return list(dict.fromkeys(match.group() for match in _NAME.finditer(text)))


def _other_number(sentence: str, passage: str, draw: random.Random) -> Iterator[tuple[Kind, str]]:
    if matches := list(_NUMBER.finditer(sentence)):
        match = draw.choice(matches)
        is_year = bool(_YEAR.fullmatch(match.group()))
        there = [
            each
            for each in dict.fromkeys(_NUMBER.findall(passage))
            if each not in sentence and bool(_YEAR.fullmatch(each)) == is_year
        ]
        other = draw.choice(there) if there and draw.random() < 2 / 3 else _near(match[0], draw)
        yield "date" if is_year else "number", _put(sentence, match.span(), other)
    for kind, words in (("number", _WORDS), ("date", _MONTHS)):
        if mine := [word for word in words if _has(sentence, word)]:
            word = draw.choice(mine)
            there = [each for each in words if each not in mine and _has(passage, each)]
            rest = there or [each for each in words if each not in mine]
            yield kind, _replaced(sentence, word, draw.choice(rest), draw)  # type: ignore[misc]


def _near(number: str, draw: random.Random) -> str:
    plain = number.replace(",", "")
    if plain.count(".") > 1:
        return number
    if _YEAR.fullmatch(plain):
        return str(int(plain) + draw.choice((-3, -2, -1, 1, 2, 3)))
    value = float(plain) * draw.choice(_FACTORS)
    if "." in plain:
        return f"{value:.{len(plain.partition('.')[2])}f}"
    whole = int(value) if int(value) not in {0, int(plain)} else int(plain) + draw.choice((1, 2, 3))
    return f"{whole:,}" if "," in number else str(whole)


def _other_name(
    sentence: str, passage: str, elsewhere: Sequence[str], draw: random.Random
) -> Iterator[tuple[Kind, str]]:
    mine = names_in(sentence)
    if not mine:
        return
    name = draw.choice(mine)
    there = [each for each in names_in(passage) if each not in sentence and name not in each]
    if rest := there or [each for each in elsewhere if each not in sentence]:
        yield "name", sentence.replace(name, draw.choice(rest), 1)
    others = [each for each in mine if each not in name and name not in each]
    if others:
        other = draw.choice(others)
        yield "name", sentence.replace(name, "\0").replace(other, name).replace("\0", other)


def _denied(sentence: str, draw: random.Random) -> Iterator[tuple[Kind, str]]:
    if flips := [(one, other) for one, other in _FLIPPED if _has(sentence, one)]:
        yield "negation", _replaced(sentence, *draw.choice(flips), draw)
    if affirmed := [way for way in _AFFIRMED if re.search(way[0], sentence)]:
        yield "negation", re.sub(*draw.choice(affirmed), sentence, count=1)
    elif denied := [way for way in _DENIED if re.search(way[0], sentence)]:
        pattern, put = draw.choice(denied)
        match = draw.choice(list(re.finditer(pattern, sentence)))
        yield "negation", _put(sentence, match.span(), put)


def _exchanged(
    sentence: str, kind: Kind, table: Mapping[str, Sequence[str]], draw: random.Random
) -> Iterator[tuple[Kind, str]]:
    if there := [word for word in table if _has(sentence, word)]:
        word = draw.choice(there)
        yield kind, _replaced(sentence, word, draw.choice(table[word]), draw)


def _left_out(sentence: str) -> Iterator[tuple[Kind, str]]:
    match = _EXCEPTION.search(sentence)
    if match is not None and match.start() > _LEAST_KEPT:
        rest = sentence[: match.start()] + sentence[match.end() :]
        yield "scope", rest if rest.endswith(".") else f"{rest}."


def _added(sentence: str, passage: str, other: str) -> Iterator[tuple[Kind, str]]:
    match = None if other in passage else _END.search(other)
    if match is not None and sentence.endswith(".") and match[0].strip(" ,") not in sentence:
        yield "addition", f"{sentence[:-1]}{match[0]}."


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{word}\b", text) is not None


def _replaced(text: str, word: str, other: str, draw: random.Random) -> str:
    return _put(text, draw.choice(list(re.finditer(rf"\b{word}\b", text))).span(), other)


def _put(text: str, span: tuple[int, int], other: str) -> str:
    return text[: span[0]] + other + text[span[1] :]
