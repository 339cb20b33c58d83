"""The passages near a question as anybody may see them: none that would do harm by being shown."""

from knowledge.asked import asked
from knowledge.model import Passage
from knowledge.policy import is_operational
from knowledge.search import Searcher


def passages_near(searcher: Searcher, question: str, *, limit: int) -> tuple[Passage, ...]:
    """At most that many passages, best first, without those that would do harm by being shown.

    Credentials that someone pasted are not searched for.

    Raises:
        CaveatError: when no build can be used.
    """
    words = asked(question).words
    depth = limit
    while True:
        found = searcher.search(words, limit=depth)
        shown = tuple(each for each in found if not is_operational(each.chunk.text))[:limit]
        if len(shown) == limit or len(found) < depth:
            return shown
        depth *= 2  # further ones take the place of those that were left out
