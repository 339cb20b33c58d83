"""Finds in a message what it claims: the sentences that something in a library may bear on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.claim_words import ASIDES, COMMAND, COMMANDS, COPULAS, HEDGES, PRAISE, TAGS
from knowledge.conversation import standalone
from knowledge.conversation_words import AUXILIARIES, INTERROGATIVES
from knowledge.leaning import leans
from knowledge.model import Citation, Note
from knowledge.sentences import sentence_spans
from knowledge.smalltalk import smalltalk
from knowledge.unmarked import unmarked
from knowledge.wording import Token, is_empty, tokens_of

MOST_CLAIMS = 5
LONGEST_CLAIM = 400  # characters
LONGEST_MESSAGE = 8_000  # characters, twice what Discord lets anybody write
LEAST_WORDS = 3
LEAST_CONTENT = 2  # words that say something; one is enough in a sentence that leans

_HEDGE = re.compile(rf"(?:{HEDGES})(?:[,:;]|\b)\s*", re.IGNORECASE)
_COMMAND = re.compile(COMMAND, re.IGNORECASE)
_PART = re.compile(r"; +")
_TAG = re.compile(rf"[\s,]+(?:{TAGS})\s*[?!.]*$", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(i|we|my|our|me|im|ive|id|ill|weve|were all|ich|wir|mein|meine|mir|mich|unser|unsere)\b"
)
# "when Meta released it, ..." begins a statement
_SUBORDINATE = re.compile(
    r"(when|where|while|wenn|als|wo|wer|was|what|whoever)\b[^,]*,", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A sentence of a message that claims something.

    Attributes:
        text: in the message's own words, without markup.
        searched: with the topic that it takes from the sentences before it.
    """

    text: str
    searched: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedClaim:
    """A claim with what the library holds on it.

    Attributes:
        claim: in the message's own words.
        evidence: each of another source, the nearest first; empty when nothing comes near.
    """

    claim: str
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimCheck:
    """The claims of a message; whether they are true is for the reader to judge.

    Attributes:
        claims: in the order of the message; numbers of citations run through all of them.
        build: the index build that was read.
        notes: what its reader should know beside them.
        timings_ms: milliseconds by stage, with "total".
    """

    claims: tuple[CheckedClaim, ...]
    build: str
    notes: tuple[Note, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)


def claims_in(message: str) -> tuple[Claim, ...]:
    """What a message claims, at most `MOST_CLAIMS`, the first ones.

    Questions, requests, greetings, what somebody feels or means to do, and bare praise or blame
    are no claims. One that leans on the sentence before it ("It has no safeguards.") is searched
    for with that one's topic. What the message quotes counts only when it claims nothing itself.
    """
    message = message[:LONGEST_MESSAGE]
    return _found(unmarked(message)) or _found(unmarked(message, quotes=True))


def _found(text: str) -> tuple[Claim, ...]:
    found: dict[str, Claim] = {}
    before = ""
    for sentence in _sentences(text):
        searched = standalone(sentence, [before])
        claimed = _claimed(sentence)
        if claimed:
            claim = Claim(text=claimed, searched=standalone(claimed, [before]))
            found.setdefault(claimed.casefold(), claim)
        before = searched
        if len(found) == MOST_CLAIMS:
            break
    return tuple(found.values())


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentence_spans(text):
        for part in _PART.split(text[start:end]):
            short = part if len(part) <= LONGEST_CLAIM else part[:LONGEST_CLAIM].rsplit(" ", 1)[0]
            yield short


def _claimed(sentence: str) -> str | None:
    """The part of a sentence that claims something, or None."""
    bare = sentence.strip(" \"'“”„‚‘’()[]-–—*")  # noqa: RUF001 - as phones type them
    asked = bare.rstrip("!. )").endswith("?")
    said = _TAG.sub("", bare)
    if asked and said == bare:
        return None
    said = _unhedged(said)
    tokens = [token for token in tokens_of(said) if token.plain[0].isalnum()]
    if smalltalk(said) or not tokens or _is_no_statement(said, tokens):
        return None
    content = [token for token in tokens if not is_empty(token) and token.plain not in PRAISE]
    enough = 1 if leans(said) else LEAST_CONTENT
    lettered = [token for token in tokens if any(map(str.isalpha, token.plain))]
    return said if len(lettered) >= LEAST_WORDS and len(content) >= enough else None


def _unhedged(said: str) -> str:
    """A sentence without "I think that", "imho" and greetings in front of it."""
    while True:
        match = _HEDGE.match(said)
        if not match or match.end() == len(said):
            return said
        said = said[match.end() :]


def _is_no_statement(said: str, tokens: Sequence[Token]) -> bool:
    first = tokens[0].plain
    if first in COMMANDS or _COMMAND.match(said):
        return True
    if first in INTERROGATIVES or (first in AUXILIARIES and not tokens[0].is_name):
        return not _SUBORDINATE.match(said)
    return bool(_SPEAKER.match(" ".join(token.plain for token in tokens))) or _only_praises(tokens)


def _only_praises(tokens: Sequence[Token]) -> bool:
    """Whether all that a sentence says of something is how good it is: "Llama is awesome"."""
    verbs = [place for place, token in enumerate(tokens) if token.plain in COPULAS]
    said = tokens[verbs[-1] + 1 :] if verbs else tokens
    return all(is_empty(token) or token.plain in PRAISE | ASIDES for token in said) and (
        not verbs or any(token.plain in PRAISE for token in said)
    )
