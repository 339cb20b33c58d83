"""Whether the best sentences hold the kind of thing that a question asks for.

A question for a count, a sum, a date or the holder of a post says of what type its answer is (the
"expected answer type" of Li and Roth 2002, aclanthology.org/C02-1150). Sentences near its topic
that hold nothing of that type, on what the question names, do not answer it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from knowledge.question import Question
from knowledge.quoting import Sentence
from knowledge.words import words

BEST_SENTENCES = 4
LEAST_LIKENESS = 0.42  # of what is counted: "papers" and "studies" 0.47, "jobs" and anything 0.31
TINY = 1e-9
_GENERIC = frozenset({"ai"})  # in names of many makers

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_COUNT = re.compile(
    r"\d[\d.,]*|(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|"
    r"six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|third|"
    r"quarter|no|none|(dozen|hundred|thousand|million|billion)s?)",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"[$€£]\s?\d|\d\s?[$€£]|\b(dollars?|euros?|pounds?|yuan|USD|EUR|GBP)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(1\d|20)\d\d")
_DATE = re.compile(
    r"\b(1\d|20)\d\d\b|\b(January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b"
)
_ASKS_COUNT = re.compile(
    r"\bhow many\s+(?:of (?:the|these|those|its|their)\s+)?(?P<what>[\w\-]+(?:\s+[\w\-]+){0,2})",
    re.IGNORECASE,
)
# where what is counted ends: "parameters | does Llama have"
_ENDS_COUNTED = re.compile(
    r"\b(do|does|did|is|are|was|were|has|have|had|will|can|could|would|should|must|of|in|on|at|to|"
    r"for|from|who|that|which)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"([\w\-]+(?<!ou)(?<!s)s|people|men|women|children)\b", re.IGNORECASE)
_ASKS_SUM = re.compile(
    r"\bhow much\s+(money|\$+)|"
    r"\bhow much\s+(does|did|do|is|was|has|have|will)\b.{1,60}\b"
    r"(costs?|spen[dt]|pa(y|id)|earn(ed)?|los[et]|charged?|worth|raised?)\b|"
    r"\bwhat ((amount|sum|price|salary|fee)s?\b(?! of (?!money))|"
    r"does .{1,40} (charge|cost|earn)\b)",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"^\W*((and|so|but|ok|now),? )*(when(['’]?s| was| were| did| is| will)|since when|until when|"  # noqa: RUF001 - the typographic apostrophe
    r"((since|until|in|on|by) )?(what|which) (year|date|day|month))\b",
    re.IGNORECASE,
)
_ASKS_HOLDER = re.compile(
    r"\bwho(['’]?s| is| was| are| were)?( the| a| an)?( \w+)?? (?P<post>"  # noqa: RUF001
    r"heads?|headed|chairs?|chaired|chairman|leads?|led|leader|runs?|chief executive|ceo|director|"
    r"president|minister|founders?|(co-?)?founded|owner|owns?|inventor|invented)\b",
    re.IGNORECASE,
)
# words that tell who holds a post, or did the deed
_POSTS = (
    r"(head|chair)(s|ed)?|chair(wo)?man|leads|led|leader|runs|ceo|chief|director|president|minister",
    r"(co-?)?found(ers?|ed|ing)",
    r"own(s|ed|ers?)?|belongs|stake|holds",
    r"invent(ed|ors?|ion)|introduced|proposed",
)
_NAME = re.compile(r"(?<=\s)[A-Z][\w\-]*(?: (?:[A-Z][\w\-]*|\d[\d.]*))*")

Test = Callable[[Sentence], bool]
"""Whether a sentence holds what is asked for."""


def lacks_answer_type(question: Question, ranked: Sequence[Sentence]) -> bool:
    """Whether a question asks for a type of thing that none of the best sentences holds."""
    names = names_in(question.read)
    best = [each for each in ranked[:BEST_SENTENCES] if names_one(each, names)]
    return any(not any(test(each) for each in best) for test in _tests(question))


def _tests(question: Question) -> Iterator[Test]:
    text = question.read
    counted = _ASKS_COUNT.search(text)
    if counted:
        tokens = _tokens_of_counted(question, counted)
        yield lambda sentence: _counts(sentence.text) and _nearest(question, sentence, tokens)
    if _ASKS_SUM.search(text):
        yield lambda sentence: bool(_SUM.search(sentence.text))
    if _ASKS_DATE.search(text):
        yield lambda sentence: bool(_DATE.search(sentence.text))
    holder = _ASKS_HOLDER.search(text)
    if holder:
        tells = _telling(holder["post"])
        yield lambda sentence: bool(tells.search(sentence.text))


def _tokens_of_counted(question: Question, counted: re.Match[str]) -> list[int]:
    """The tokens of "uncensored models", and of "countries" where they "signed"."""
    phrase: str = _ENDS_COUNTED.split(counted["what"], maxsplit=1)[0]
    plural = _PLURAL.match(phrase)
    start = counted.start("what")
    end = start + len(plural.group() if plural else phrase)
    return [
        place
        for place, (first, last) in enumerate(question.vectors.spans)
        if start <= first and last <= end and question.token_weights[place] > 0
    ]


def _counts(text: str) -> bool:
    """Whether it holds a number that is no year."""
    tokens = _TOKEN.findall(text)
    return any(_COUNT.fullmatch(token) and not _YEAR.fullmatch(token) for token in tokens)


def _nearest(question: Question, sentence: Sentence, tokens: Sequence[int]) -> bool:
    """Whether some word of the sentence is like what is counted."""
    if not tokens:
        return True
    likeness = (sentence.met / np.maximum(question.token_weights, TINY))[tokens]
    return bool(likeness.max() >= LEAST_LIKENESS)


def _telling(post: str) -> re.Pattern[str]:
    first = post.split(maxsplit=1)[0]
    for group in _POSTS:
        if re.fullmatch(group, first, re.IGNORECASE):
            return re.compile(rf"\b({group})\b", re.IGNORECASE)
    return re.compile(rf"\b{re.escape(first)}", re.IGNORECASE)


def names_in(question: str) -> list[frozenset[str]]:
    """The names in a question, but its first word; none where everything is in capitals."""
    if question.upper() == question:
        return []
    found = (frozenset(words(name)) - _GENERIC for name in _NAME.findall(question))
    return [name for name in found if name]


def names_one(sentence: Sentence, names: Sequence[frozenset[str]]) -> bool:
    """Whether a sentence, its headings or its title hold one of the names, if there are any."""
    about = " ".join((sentence.text, sentence.passage.source.title, *sentence.heading_path))
    held = frozenset(words(about))
    return not names or any(name <= held for name in names)
