"""Keeps the sentences that passages support, and those only."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from knowledge.choosing import MOST_OVER
from knowledge.licences import quote_limit, shows_whole_passages
from knowledge.model import Passage, Removed
from knowledge.support import Given, Judge, Verdict
from knowledge.writing.prompts import bare_words
from knowledge.writing.splitting import Said
from knowledge.writing.suspecting import leans_back, standing_alone, suspected

Check = Callable[[str, Sequence[Given], Collection[int], Judge | None], Verdict]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A sentence that may be shown.

    Attributes:
        numbers: of the passages that support it, the best first.
        span: of the best sentence in the first of them.
    """

    text: str
    paragraph: int
    numbers: tuple[int, ...]
    span: tuple[int, int] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sifted:
    """What is left of what a model wrote, and what is not."""

    kept: tuple[Kept, ...]
    removed: tuple[Removed, ...]

    @property
    def checked(self) -> int:
        """How many sentences there were."""
        return len(self.kept) + len(self.removed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sieve:
    """What sentences are checked with.

    Attributes:
        passages: that were in front of the model.
        given: the same, as it had them.
        fence: that stood around them.
        check: tells whether passages support a sentence.
        judge: a model that is asked, too.
    """

    passages: tuple[Passage, ...]
    given: tuple[Given, ...]
    fence: str
    check: Check
    judge: Judge | None = None

    def sift(self, said: Sequence[Said]) -> Sifted:
        """The sentences that are supported, and why the others are not shown.

        A sentence that leans on one that goes, goes too. Of a source whose licence allows short
        quotes only, no more is repeated word for word.
        """
        found: list[Kept | Removed] = []
        copied: Counter[str] = Counter()
        for each in said:
            orphaned = bool(found) and isinstance(found[-1], Removed)
            sifted = self._sifted(each, orphaned=orphaned)
            if isinstance(sifted, Kept) and self._copies_too_much(sifted, copied):
                sifted = Removed(sentence=sifted.text, reason="licence")
            found.append(sifted)
        for place in reversed(range(len(found))):
            here, behind = found[place], found[place + 1 : place + 2]
            if isinstance(here, Removed) or not here.text.endswith(":"):
                continue
            if not behind or isinstance(behind[0], Removed):  # it announces what is not there
                found[place] = Removed(sentence=here.text, reason="leaning")
        return Sifted(
            kept=tuple(each for each in found if isinstance(each, Kept)),
            removed=tuple(each for each in found if isinstance(each, Removed)),
        )

    def _sifted(self, said: Said, *, orphaned: bool) -> Kept | Removed:
        reason = suspected(said.text, self.fence)
        if reason is not None:
            return Removed(sentence=said.text, reason=reason)
        if orphaned:
            if leans_back(said.text):
                return Removed(sentence=said.text, reason="leaning")
            said = replace(said, text=standing_alone(said.text))
        verdict = self.check(said.text, self.given, said.marks, self.judge)
        numbers = tuple(dict.fromkeys(verdict.numbers))
        if not verdict.supported or not numbers:
            return Removed(
                sentence=said.text, reason=verdict.reason or "uncovered", detail=verdict.detail
            )
        if not set(numbers).intersection(said.marks):  # not those that it cites: the best will do
            numbers = numbers[:1]
        return Kept(text=said.text, paragraph=said.paragraph, numbers=numbers, span=verdict.span)

    def _copies_too_much(self, kept: Kept, copied: Counter[str]) -> bool:
        """Whether it repeats more of a source than may be shown; counts what it repeats."""
        words = bare_words(kept.text)
        for number in kept.numbers:
            passage = self.passages[number - 1]
            source = passage.source
            if shows_whole_passages(source) or not _holds(bare_words(passage.chunk.text), words):
                continue
            if copied[source.id] + len(kept.text) > MOST_OVER * quote_limit(source):
                return True
            copied[source.id] += len(kept.text)
        return False


def _holds(text: Sequence[str], words: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(text)} "
