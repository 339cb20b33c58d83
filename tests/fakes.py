"""Small real implementations that stand in for slow ones."""

import hashlib
import re
import threading
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from knowledge.chunking import Budget, chunk_document, embedding_text
from knowledge.claims import CheckedClaim, ClaimCheck
from knowledge.declining import declined
from knowledge.encoders import Encoded, Encoder, EncoderIdentity, TokenVectors
from knowledge.encoders.encoder import Vectors
from knowledge.encoders.tokens import RawEncoding
from knowledge.labels import citation_label
from knowledge.library import Acquisition, Library, Locator
from knowledge.model import (
    Answer,
    Chunk,
    Citation,
    Document,
    NearestSource,
    Note,
    Passage,
    Source,
)
from knowledge.policy import Policy
from knowledge.smalltalk import reply
from knowledge.standing import Cited, Standing
from knowledge.view import Change, Entry, LibraryView, Retraction

EXECUTIVE_ORDER = Source(
    id="eo-14110",
    title="Executive Order 14110: Safe, Secure, and Trustworthy AI",
    url="https://www.federalregister.gov/documents/2023/11/01/2023-24283",
    publisher="The White House",
    kind="government",
    stance="mixed",
    jurisdiction="United States",
    published="2023-10-30",
    status="revoked",
    status_date="2025-01-20",
    licence="Public domain (US government work)",
)
AI_ACT = Source(
    id="ai-act",
    title="Artificial Intelligence Act (Regulation (EU) 2024/1689)",
    url="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
    publisher="European Union",
    kind="law",
    stance="neutral",
    jurisdiction="European Union",
    published="2024-07-12",
    status="in-force",
    status_date="2024-08-01",
    licence="Reusable with attribution (Decision 2011/833/EU)",
)
OPEN_LETTER = Source(
    id="openness-letter",
    title="Joint statement on AI safety and openness",
    url="https://open.example/letter",
    publisher="Example Foundation",
    kind="advocacy",
    stance="favours-openness",
    published="2023-10-31",
    status="final",
    licence="All rights reserved",
)
PASSAGES = tuple(
    Passage(
        chunk=Chunk(
            id=f"{source.id}-{page}",
            source_id=source.id,
            text=text,
            start=0,
            end=len(text),
            ordinal=0,
            page=page,
            heading_path=headings,
        ),
        source=source,
        score=0.5,
        similarity=0.5,
    )
    for source, page, headings, text in (
        (
            EXECUTIVE_ORDER,
            26,
            ("Sec. 4", "Sec. 4.6. Soliciting Input on Dual-Use Foundation Models"),
            (
                "When the weights for a dual-use foundation model are widely available, there can "
                "be substantial benefits to innovation, but also substantial security risks, such "
                "as the removal of safeguards within the model. The Secretary shall solicit input."
            ),
        ),
        (
            AI_ACT,
            84,
            ("CHAPTER V", "Article 53 Obligations for providers of general-purpose AI models"),
            (
                "The obligations set out in paragraph 1, points (a) and (b), shall not apply to "
                "providers of AI models that are released under a free and open-source licence. "
                "This exception shall not apply to models with systemic risks."
            ),
        ),
        (
            OPEN_LETTER,
            1,
            ("Openness is an antidote",),
            (
                "Yes, openly available models come with risks and vulnerabilities. However, we "
                "have seen time and time again that the same holds true for proprietary "
                "technologies."
            ),
        ),
    )
)
RESTRICTION = Passage(
    chunk=Chunk(
        id="limits-2",
        source_id="limits",
        text=(
            "Once weights are released, risks cannot be recalled, and safeguards against misuse "
            "can be removed within hours. Release should wait for independent testing."
        ),
        start=0,
        end=157,
        ordinal=0,
        heading_path=("The case for limits",),
    ),
    source=Source(
        id="limits",
        title="Open release and irreversible risk",
        url="https://limits.example/report",
        publisher="Example Institute",
        kind="research",
        stance="favours-restriction",
        published="2024-03",
        licence="CC BY 4.0",
    ),
    score=0.5,
    similarity=0.5,
)
BUILD = "20261123T202033Z-1"
NOT_ADVICE = Note(
    code="not-advice",
    text="Library of 2026-11-23. This is not legal advice.",
    values={"date": "2026-11-23"},
)
LIBRARY = LibraryView(
    build=BUILD,
    created="2026-11-23T20:20:33+00:00",
    entries=tuple(
        Entry(
            source=source,
            passages=passages,
            added="2026-11-20T08:00:00+00:00",
            changed="2026-11-22T08:00:00+00:00",
        )
        for source, passages in ((EXECUTIVE_ORDER, 120), (AI_ACT, 480), (OPEN_LETTER, 1))
    ),
    changes=(
        Change(
            at="2026-11-22T08:00:00+00:00",
            what="status",
            source_id="eo-14110",
            title=EXECUTIVE_ORDER.title,
            before="in-force",
            after="revoked",
            superseded_by="ai-act",
        ),
        Change(
            at="2026-11-22T07:00:00+00:00",
            what="retracted",
            source_id="paper",
            title="A paper with made-up numbers",
        ),
        Change(
            at="2026-11-21T08:00:00+00:00", what="removed", source_id="memo", title="An old memo"
        ),
        Change(
            at="2026-11-21T07:00:00+00:00", what="changed", source_id="ai-act", title=AI_ACT.title
        ),
        Change(
            at="2026-11-20T08:00:00+00:00",
            what="added",
            source_id="openness-letter",
            title=OPEN_LETTER.title,
        ),
    ),
    retractions=(
        Retraction(
            source_id="paper",
            title="A paper with made-up numbers",
            at="2026-11-22T07:00:00+00:00",
            why="Withdrawn by its publisher.",
        ),
    ),
)


class WordOverlapAnswerer:
    """Quotes the first sentence of each passage that shares two long words with the question.

    Attributes:
        asked: how many questions it was given.
        heard: each question, with the earlier ones it came with.
        gate: held while it answers; a test may take it to keep an answer under way.
        writes: whether it has a chat model to write with.
    """

    writes = False

    def __init__(self, passages: Sequence[Passage] = PASSAGES) -> None:
        self._passages = passages
        self.asked = 0
        self.heard: list[tuple[str, tuple[str, ...]]] = []
        self.gate = threading.Lock()

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """A quoted answer, or an abstention with the nearest sources."""
        del mode
        self.asked += 1
        self.heard.append((question, tuple(earlier)))
        with self.gate:
            found = [passage for passage in self._passages if self._shared(question, passage) > 1]
        return self._answer(question, found)

    def help_for(self, question: str, *, earlier: Sequence[str] = ()) -> Answer | None:
        """The real help for somebody in danger."""
        judged = Policy().judge(question, earlier)
        return declined(question, "crisis") if judged and judged.rule == "crisis" else None

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """Quotes of passages that share one long word and were not seen."""
        words = " ".join((question, *earlier))
        unseen = [each for each in self._passages if _first_sentence(each) not in seen]
        return self._answer(question, [each for each in unseen if self._shared(words, each)])

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """Quotes of passages of a side that was not heard, which share one long word."""
        words = " ".join((question, *earlier))
        sides = {"favours-openness", "favours-restriction"} - set(heard)
        other = [each for each in self._passages if each.source.stance in sides]
        return self._answer(question, [each for each in other if self._shared(words, each)])

    def _answer(self, question: str, found: Sequence[Passage]) -> Answer:
        citations = tuple(
            Citation(
                number=number,
                passage=passage,
                quote=_first_sentence(passage),
                start=0,
                link=f"{passage.source.url}#page={passage.chunk.page or 1}",
            )
            for number, passage in enumerate(found, start=1)
        )
        quotes = "\n\n".join(
            f"{citation_label(each)}:\n\n> {each.quote} [{each.number}]" for each in citations
        )
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            outcome="answered" if citations else "abstained",
            mode="quoted",
            text=quotes or "My library does not answer this. The nearest it holds:",
            citations=citations,
            nearest=() if citations else self._nearest(),
            notes=(NOT_ADVICE,) if citations else (),
            build=BUILD,
        )

    def library(self) -> LibraryView:
        """The sources of its passages, which changed in every way."""
        return LIBRARY

    def build(self) -> str:
        """The build that every answer names."""
        return LIBRARY.build

    def check(self, text: str) -> ClaimCheck:
        """Each sentence as a claim, with the passages that share two long words with it."""
        claims: list[CheckedClaim] = []
        number = 0
        for claim in filter(None, (part.strip() for part in text.split("."))):
            evidence = []
            for passage in self._passages:
                if self._shared(claim, passage) > 1:
                    number += 1
                    quote = f"{passage.chunk.text.split('. ')[0]}."
                    cited = Citation(number=number, passage=passage, quote=quote, start=0)
                    evidence.append(replace(cited, link=passage.source.url))
            claims.append(CheckedClaim(claim=claim, evidence=tuple(evidence)))
        return ClaimCheck(claims=tuple(claims), build=BUILD)

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        """Every quote stands."""
        return tuple("held" for _ in cited)

    def close(self) -> None:
        """Nothing is held."""

    def _shared(self, question: str, passage: Passage) -> int:
        return len(_long_words(question) & _long_words(passage.chunk.text))

    def _nearest(self) -> tuple[NearestSource, ...]:
        return tuple(
            NearestSource(
                source_id=passage.source.id,
                title=passage.source.title,
                url=passage.source.url,
                quote=passage.chunk.text.split(". ")[0] + ".",
            )
            for passage in self._passages[:2]
        )


class FailingAnswerer:
    """Raises the same error for every question."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """No answer."""
        del question, mode, earlier
        raise self._error

    def check(self, text: str) -> ClaimCheck:
        """No check."""
        del text
        raise self._error

    def library(self) -> LibraryView:
        """No library."""
        raise self._error

    def build(self) -> str:
        """No build."""
        raise self._error

    def help_for(self, question: str, *, earlier: Sequence[str] = ()) -> Answer | None:
        """Nobody is in danger."""
        del question, earlier
        return None

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """No answer."""
        del seen, earlier
        return self.answer(question)

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """No answer."""
        del heard, earlier
        return self.answer(question)

    def standing(self, cited: Sequence[Cited]) -> tuple[Standing, ...]:
        """No standing."""
        del cited
        raise self._error


class CannedAnswerer(WordOverlapAnswerer):
    """Gives the same answer to every question."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._canned = answer

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """The answer, whatever the question."""
        del question, mode, earlier
        return self._canned

    def library(self) -> LibraryView:
        """The same as of `WordOverlapAnswerer`."""
        return LIBRARY

    def build(self) -> str:
        """Its build."""
        return LIBRARY.build

    def more(self, question: str, *, seen: Collection[str], earlier: Sequence[str] = ()) -> Answer:
        """The same answer."""
        del seen, earlier
        return self.answer(question)

    def other_side(
        self, question: str, *, heard: Collection[str], earlier: Sequence[str] = ()
    ) -> Answer:
        """The same answer."""
        del heard, earlier
        return self.answer(question)

    def check(self, text: str) -> ClaimCheck:
        """No claims, whatever the text."""
        del text
        return ClaimCheck(claims=(), build=BUILD)


class LibraryAnswerer(WordOverlapAnswerer):
    """Answers as before, over another library, which may be replaced while it is in use.

    Attributes:
        view: the library.
        read: how often it was read.
    """

    def __init__(self, view: LibraryView) -> None:
        super().__init__()
        self.view = view
        self.read = 0

    def library(self) -> LibraryView:
        """The library."""
        self.read += 1
        with self.gate:
            return self.view

    def build(self) -> str:
        """Its build."""
        with self.gate:
            return self.view.build


class TalkingAnswerer(CannedAnswerer):
    """Replies to smalltalk as the core does, and to nothing else."""

    def __init__(self) -> None:
        """Needs no answer."""

    def answer(
        self,
        question: str,
        mode: Literal["auto", "quoted", "written"] = "auto",
        *,
        earlier: Sequence[str] = (),
    ) -> Answer:
        """The core's reply."""
        del mode, earlier
        text = reply(question)
        assert text is not None
        return Answer(
            id=uuid.uuid4().hex, question=question, outcome="smalltalk", mode="quoted", text=text
        )


def _first_sentence(passage: Passage) -> str:
    return f"{passage.chunk.text.split('. ')[0]}."


def _long_words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))


class WordRuntime:
    """A vector for each text that adds up one random direction a word.

    Attributes:
        encoded: every text it was given, in order.
    """

    batch_size = 8
    dimensions = 64

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A vector for each text: (texts, 64)."""
        self.encoded.extend(texts)
        return np.stack([self._vector(text) for text in texts])

    def encode_tokens(self, texts: Sequence[str]) -> list[RawEncoding]:
        """The same vectors, and as tokens the direction of each word."""
        return [
            RawEncoding(
                vector=vector,
                tokens=np.array([self._word(word.group()) for word in found]).reshape(-1, 64),
                spans=np.array([word.span() for word in found], dtype=np.int32).reshape(-1, 2),
            )
            for text, vector in zip(texts, self.encode(texts), strict=True)
            for found in [list(re.finditer(r"\w+", text))]
        ]

    def count_tokens(self, text: str) -> int:
        """Words and punctuation marks."""
        return len(re.findall(r"\w+|[^\w\s]", text))

    def _vector(self, text: str) -> Vectors:
        total = np.zeros(self.dimensions, dtype=np.float32)
        for word in re.findall(r"\w+", text):
            total += self._word(word)
        return total

    def _word(self, word: str) -> Vectors:
        digest = hashlib.blake2b(word.lower().encode(), digest_size=self.dimensions).digest()
        return np.frombuffer(digest, dtype=np.uint8).astype(np.float32) - np.float32(127.5)


class WordEncoder(Encoder):
    """A real encoder over `WordRuntime`: texts that share words are near each other."""

    def __init__(self, name: str = "words", runtime: WordRuntime | None = None) -> None:
        self.runtime = runtime or WordRuntime()
        identity = EncoderIdentity(
            id=name,
            weights=hashlib.sha256(name.encode()).hexdigest(),
            precision="fp32",
            dimensions=WordRuntime.dimensions,
            max_tokens=256,
        )
        super().__init__(identity, self.runtime)


def encoded(vector: Vectors) -> Encoded:
    """A passage without tokens."""
    tokens = TokenVectors(
        values=np.zeros((0, len(vector)), dtype=np.int8),
        scales=np.zeros(0, dtype=np.float32),
        starts=np.zeros(0, dtype=np.int32),
        length=0,
    )
    return Encoded(vector=vector, tokens=tokens)


def shelve(
    library: Library, encoder: Encoder, source: Source, text: str | Document, *paths: str
) -> None:
    """Puts a document, or a text without headings, into a library with vectors, as ingest does."""
    document = (
        text
        if isinstance(text, Document)
        else Document(
            text=text,
            media_type="text/plain",
            content_hash=hashlib.sha256(text.encode()).hexdigest(),
        )
    )
    budget = Budget(count_tokens=encoder.count_tokens, max_tokens=encoder.identity.max_tokens)
    chunks = chunk_document(document, source_id=source.id, title=source.title, budget=budget)
    texts = [embedding_text(source.title, chunk, budget) for chunk in chunks]
    hashes = [hashlib.sha256(each.encode()).hexdigest() for each in texts]
    made = encoder.encode_with_tokens(texts)
    library.vectors.keep(encoder.identity, dict(zip(hashes, made, strict=True)))
    for path in paths or (f"/{source.id}.txt",):
        library.take_in(
            Acquisition(
                source=source,
                overrides={},
                document=document,
                embedded_title=source.title,
                chunks=chunks,
                text_hashes=tuple(hashes),
                locator=Locator(
                    locator=path,
                    source_id=source.id,
                    bytes_hash=document.content_hash,
                    reading="1",
                    checked_at="2026-01-01T00:00:00+00:00",
                ),
            ),
            now="2026-01-01T00:00:00+00:00",
        )


class LengthReranker:
    """Finds the longest text the best answer."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The length of each text."""
        del question
        return [float(len(text)) for text in texts]
