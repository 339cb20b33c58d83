"""Tells sentences that give orders to whoever answers from a document.

A document is data: what it says is quoted, and nothing that it asks for is done. A planted order
("Ignore the previous instructions and …") must not be quoted as an answer either, for then it
would read as if Caveat said it. A sentence counts when it is an order itself: one that tells *of*
an order, as texts on prompt injection do, stays quotable, with the order between its quotation
marks.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from knowledge.instruction_patterns import ANYWHERE, AT_CLAUSE
from knowledge.instruction_words import ASSISTANT, VERB, VERB_DE

MOST_CHARACTERS = 4_000  # of a sentence that is looked at; its beginning tells
MOST_CLAUSES = 40

# letters of other alphabets that pass for Latin ones
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһαορν", "aeopcyxijsdhaopv")  # noqa: RUF001
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
_QUOTED = re.compile(
    r"[“„«][^”“»]{2,}[”“»]|\"[^\"]{2,}\"|`[^`]{2,}`|(?<![\w])[‘'](?=\w)[^’']{2,}[’'](?!\w)"  # noqa: RUF001
)
LEAST_AROUND = 4  # words around a quotation that make it a mere example
_LEAD = re.compile(
    r"(?:[\s>*#•·\-–—_~|(\[{\"“”„«‘'`]+|\(?\d{1,3}[.)]\s|(?:please|bitte|now|then|and|also|just|"  # noqa: RUF001
    r"next|first|finally|instead|from now on|important|urgent|attention|note|notice|warning|"
    r"wichtig|achtung|hinweis|task|todo|new task)\b[\s:,!.\-–—]*)*"  # noqa: RUF001
)
_CLAUSE = re.compile(r"(?<=[.:;!?…])\s+|\s[–—-]\s|\n+|(?<=,)\s+(?=(?:then|please|always|never)\b)")  # noqa: RUF001

_MARKUP = re.compile(
    r"<\|[a-z_ ]{2,30}\|>|\[/?inst\]|<</?sys>>|<start_of_turn>|<end_of_turn>|"
    r"</?(?:tool_call|function_calls?|tool_use|invoke|antml:\w+|system|assistant|user_query|"
    r"system_prompt|instructions?)\b[^<>]{0,80}>|"
    r"#{2,}\s*(?:instructions?|system|new instructions?|human|assistant)\s*:?\s*$|"
    r"[\[<({=*-]{1,}\s*(?:begin|start|end)(?: of)?(?: the)? (?:system |hidden |new |secret |admin "
    r"|user )?"
    r"(?:prompt|instructions?|document|context|input)\s*[\])}>=*-]"
)
_MESSAGE = re.compile(r"[\[{\s]*[\"']role[\"']\s*:\s*[\"'](?:system|assistant|user)[\"']")
_ROLE = re.compile(
    (
        rf"(?:system|assistant|developer|admin(?:istrator)?|root|{ASSISTANT})"
        r"(?: (?:prompt|message|note|instruction|override|command|update|notice)"
        r")?\s*[:>\]]+\s*(?P<rest>.+)"
    ),
    re.DOTALL,
)
_YOU = re.compile(
    r"\byou (?:must|should|shall|have to|need to|will|are (?:to|now|required|instructed))\b|"
    r"\byour\b|"
    r"\bdu (?:musst|sollst|bist)\b"
)
_IMPERATIVE = re.compile(
    rf"(?:always |never |do not |don't |only )*(?:{VERB}|ignore|disregard|forget|act|pretend|"
    rf"visit|download|{VERB_DE})\b"
)
_REQUEST = re.compile(
    r"(?:add|analy[sz]e|augment|break down|calculate|compare|compose|construct|convert|create|"
    r"define|describe|design|develop|discuss|draft|enhance|explain|find|generate|give|identify|"
    r"illustrate|include|integrate|list|modify|name|outline|provide|recommend|rewrite|solve|"
    r"suggest|summari[sz]e|tell|translate|use|write)\b"
)


@lru_cache(maxsize=8_192)  # the sentences of the passages that are found again and again
def is_instruction(text: str) -> bool:
    """Whether a sentence, title or name is an order to a program that answers."""
    plain = _folded(text[:MOST_CHARACTERS])
    if _is_order(plain):
        return True
    bare = _QUOTED.sub(" ", plain)
    if len(re.findall(r"\w+", bare)) >= LEAST_AROUND or bare == plain:
        return False
    # next to nothing but the quotation: then it is what the sentence says
    return any(_is_order(match.group()[1:-1]) for match in _QUOTED.finditer(plain))


def is_request(text: str) -> bool:
    """Whether a sentence asks a question or for a piece of work, whoever is to do it."""
    plain = _folded(text[:MOST_CHARACTERS])
    return plain.rstrip(" \"'”)").endswith("?") or bool(
        _REQUEST.match(plain, _after_lead(plain, 0))
    )


def _is_order(plain: str) -> bool:
    bare = " ".join(_QUOTED.sub(" ", plain).split()) if _QUOTED.search(plain) else plain
    if (
        _MARKUP.search(bare)
        or _MESSAGE.match(plain)
        or any(pattern.search(bare) for pattern in ANYWHERE)
    ):
        return True
    return any(
        _is_spoken_to(bare, start) or any(pattern.match(bare, start) for pattern in AT_CLAUSE)
        for start in islice(_clauses(bare), MOST_CLAUSES)
    )


def _is_spoken_to(bare: str, start: int) -> bool:
    """Whether a role such as "SYSTEM:" stands in front of an order or a "you must"."""
    match = _ROLE.match(bare, start)
    if match is None:
        return False
    rest = match["rest"]
    return bool(_YOU.search(rest[:120]) or _IMPERATIVE.match(rest, _after_lead(rest, 0)))


def _clauses(bare: str) -> Iterator[int]:
    """Where orders may begin: at the sentence's start, and behind stops and dashes in it."""
    yield 0
    first = _after_lead(bare, 0)
    if first:
        yield first
    for match in _CLAUSE.finditer(bare):
        yield _after_lead(bare, match.end())


def _after_lead(text: str, start: int) -> int:
    match = _LEAD.match(text, start)
    return match.end() if match else start


def _folded(text: str) -> str:
    """The text as it is compared: composed, in lower case, without tricks of spelling."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(visible.casefold().translate(_LOOKALIKES).split())
