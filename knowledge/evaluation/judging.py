"""Holds one answer against its case, and its quotes against the library."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.evaluation.cases import AnswerCase, Gold
from knowledge.evaluation.comparing import holds_quote, states_fact
from knowledge.library import Library
from knowledge.model import Answer, Citation, Document

_WORD_BEFORE = re.compile(r"[\w-]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What is right and wrong about an answer; None where a question does not arise.

    Attributes:
        quote_in_passage: whether the gold quotes that the case needs stand in cited passages.
        quote_shown: the same of the quotes themselves.
        document_first: whether the first citation is of a gold document.
        page: whether a citation whose passage holds a gold quote names the gold page.
        key_facts: share of the key facts in the answer's text.
        false_citations: shown quotes that the stored document does not hold on that page.
        cited: document, page and quote of each citation.
        remarks: what was missed, for a person to read.
        milliseconds: that the answer took.
    """

    case: AnswerCase
    outcome: str
    quote_in_passage: bool | None
    quote_shown: bool | None
    document_first: bool | None
    page: bool | None
    key_facts: float | None
    false_citations: int
    cited: tuple[Mapping[str, Any], ...]
    remarks: tuple[str, ...]
    milliseconds: float

    @property
    def answerable(self) -> bool:
        """Whether the case wants an answer."""
        return self.case.need != "none"

    @property
    def abstained(self) -> bool:
        """Whether it was told that the library does not answer."""
        return self.outcome == "abstained"


@dataclass(kw_only=True, slots=True)
class Judge:
    """Judges answers from one build.

    Attributes:
        library: what the quotes are held against.
        locators: the paths and URLs of each source of the build, by source id.
    """

    library: Library
    locators: Mapping[str, Sequence[str]]
    _documents: dict[str, Document | None] = field(default_factory=dict)

    def judge(self, case: AnswerCase, answer: Answer, milliseconds: float) -> Verdict:
        """The verdict on an answer to a case."""
        cited, answerable = answer.citations, case.need != "none"
        in_passages = [self._stands(gold, cited, whole=True) for gold in case.gold]
        shown = [self._stands(gold, cited, whole=False) for gold in case.gold]
        missing = [fact for fact in case.key_facts if not states_fact(answer.text, fact)]
        false = self._false_quotes(answer)
        needed = all if case.need == "all" else any
        return Verdict(
            case=case,
            outcome=answer.outcome,
            quote_in_passage=needed(in_passages) if answerable else None,
            quote_shown=needed(shown) if answerable else None,
            document_first=self._is_of(case.gold, cited[:1]) if answerable else None,
            page=self._page(case.gold, cited),
            key_facts=1 - len(missing) / len(case.key_facts) if case.key_facts else None,
            false_citations=len(false),
            cited=tuple(
                {"doc": self._name(each), "page": each.page, "quote": each.quote} for each in cited
            ),
            remarks=(
                *self._missed(case.gold, in_passages, shown),
                *(f"not stated: {fact}" for fact in missing),
                *(f"false citation: {quote}" for quote in false),
            ),
            milliseconds=round(milliseconds, 2),
        )

    def holds(self, gold: Gold) -> bool:
        """Whether the build has a document that the gold entry names."""
        return any(_names(gold, names) for names in self.locators.values())

    def _stands(self, gold: Gold, citations: Iterable[Citation], *, whole: bool) -> bool:
        return any(
            holds_quote(each.passage.chunk.text if whole else each.quote, gold.quote)
            for each in citations
            if _names(gold, self._places(each))
        )

    def _is_of(self, golds: Iterable[Gold], citations: Sequence[Citation]) -> bool:
        return any(_names(gold, self._places(each)) for gold in golds for each in citations)

    def _page(self, golds: Iterable[Gold], citations: Sequence[Citation]) -> bool | None:
        named = [
            each.page == gold.page
            for gold in golds
            for each in citations
            if gold.page is not None
            and any(_ends_with(place, gold.doc) for place in self._places(each))
            and holds_quote(each.passage.chunk.text, gold.quote)
        ]
        return any(named) if named else None

    def _missed(
        self, golds: Sequence[Gold], in_passages: Sequence[bool], shown: Sequence[bool]
    ) -> list[str]:
        remarks = []
        for gold, near, said in zip(golds, in_passages, shown, strict=True):
            if not self.holds(gold):
                remarks.append(f"not in this index: {gold.doc}")
            elif not near:
                remarks.append(f"not cited: {gold.doc}: {gold.quote}")
            elif not said:
                remarks.append(f"in a cited passage but not shown: {gold.doc}: {gold.quote}")
        return remarks

    def _false_quotes(self, answer: Answer) -> list[str]:
        false = [
            each.quote
            for each in answer.citations
            if each.page not in self._pages_of(each.passage.source.id, each.quote)
        ]
        nearest = [
            each.quote for each in answer.nearest if not self._pages_of(each.source_id, each.quote)
        ]
        return false + nearest

    def _pages_of(self, source_id: str, quote: str) -> set[int | None]:
        """The pages on which a document holds a quote; {None} for one without pages."""
        if source_id not in self._documents:
            found = self.library.document(source_id)
            self._documents[source_id] = found[0] if found else None
        document = self._documents[source_id]
        if document is None or not quote:
            return set()
        places = re.finditer(f"(?={re.escape(quote)})", document.text)
        return {bisect_right(document.page_starts, each.start()) or None for each in places}

    def _places(self, citation: Citation) -> Sequence[str]:
        return self.locators.get(citation.passage.source.id, ())

    def _name(self, citation: Citation) -> str:
        return next(iter(self._places(citation)), citation.passage.source.id)


def _names(gold: Gold, places: Sequence[str]) -> bool:
    return any(_ends_with(place, doc) for doc in (gold.doc, *gold.also) for place in places)


def _ends_with(place: str, doc: str) -> bool:
    """Whether a path or URL ends with a document's name, and not in the middle of a word."""
    place = place.replace("\\", "/")
    before = place[: -len(doc)][-1:]
    return place.endswith(doc) and not (_WORD_BEFORE.match(before) and doc[0] != "/")
