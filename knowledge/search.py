"""Finds passages for a question: dense and lexical search, fused, then compared word by word."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.encoders import Encoder, Reranker
from knowledge.index import Snapshot, SnapshotKeeper
from knowledge.matching import Matcher
from knowledge.model import Chunk, Passage, Source
from knowledge.question import Question, understand
from knowledge.reranking import RERANKED, reranked
from knowledge.words import words

CANDIDATES = 50
NAMED_CANDIDATES = 40  # from each group of sources that the question names
COMPARED = 80  # passages compared word by word
DENSE_WEIGHT = 0.55
LATE_WEIGHT = 0.5
NAMED_BONUS = 0.4  # for a source that the question names
REFERENCE_BONUS = 0.6  # for the provision that it names
RECITAL_PENALTY = 0.2  # reasons bind nobody: the rule itself comes first
APPARATUS_PENALTY = 0.2  # a list of references names topics without saying anything of them
SAME_WORDS = 0.8  # share of common words above which two passages are copies

_APPARATUS = re.compile(
    r"references|bibliography|works cited|sources|further reading|(reference )?links|footnotes|"
    r"endnotes|notes|acknowledge?ments|(table of )?contents|index|what would change this( brief)?",
    re.IGNORECASE,
)
_RECITAL = re.compile(r"(recital|whereas|preamble|explanatory memorandum)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Found:
    """What a search found.

    Attributes:
        passages: best first.
        matcher: compares the question with passages word by word.
        snapshot: the build that was searched.
        hidden: sources that were not to be found.
    """

    question: Question
    passages: tuple[Passage, ...]
    matcher: Matcher
    snapshot: Snapshot
    hidden: frozenset[str] = frozenset()


class Searcher:
    """Finds passages in the build in service; one thread at a time."""

    def __init__(
        self, *, encoder: Encoder, snapshots: SnapshotKeeper, reranker: Reranker | None = None
    ) -> None:
        self.encoder = encoder
        self.snapshots = snapshots
        self._reranker = reranker

    def search(
        self, question: str, *, limit: int = 10, hidden: Collection[str] = ()
    ) -> tuple[Passage, ...]:
        """Passages for a question, best first; see `find`.

        Raises:
            CaveatError: when no build can be used.
        """
        found = self.find(self.snapshots.current(), question, limit=limit, hidden=hidden)
        return found.passages if found else ()

    def find(
        self,
        snapshot: Snapshot,
        question: str,
        *,
        limit: int = 10,
        hidden: Collection[str] = (),
    ) -> Found | None:
        """What the function `find` gives, put into the reranker's order when there is one."""
        if self._reranker is None:
            return find(snapshot, self.encoder, question, limit=limit, hidden=hidden)
        depth = max(limit, RERANKED)
        found = find(snapshot, self.encoder, question, limit=depth, hidden=hidden)
        if found is None:
            return None
        passages = reranked(self._reranker, found.question.text, found.passages)
        return replace(found, passages=passages[:limit])

    def close(self) -> None:
        """Lets go of the index."""
        self.snapshots.close()


def find(
    snapshot: Snapshot,
    encoder: Encoder,
    question: str,
    *,
    limit: int = 10,
    hidden: Collection[str] = (),
) -> Found | None:
    """Passages for a question, best first, none from the `hidden` sources; None when it is empty.

    Cosine similarity and BM25, each scaled to 0..1 over the candidates of both, are averaged
    (min-max fusion; it beats reciprocal ranks when one of the two is weak, see Bruch et al. 2023,
    doi:10.1145/3596512). The best are compared with the question word by word (`Matcher`), and
    the two scores averaged, again scaled to 0..1. A source or provision that the question names
    is preferred; of copies, the one that a reader can check best is kept.
    """
    if not snapshot.manifest.chunks or not question.strip():
        return None
    asked = understand(snapshot, encoder, question)
    exact = snapshot.referred(asked.references, hidden=hidden)
    dense, lexical = _candidates(snapshot, asked, max(CANDIDATES, limit), hidden)
    dense |= snapshot.similarities(asked.vectors.vector, [key for key in exact if key not in dense])
    fused = _fuse(dense, lexical)
    chunks = snapshot.chunks(list(fused))
    named = {source for group in asked.groups for source in group.sources}
    for chunk_id, chunk in chunks.items():
        fused[chunk_id] += NAMED_BONUS * (chunk.source_id in named)
        fused[chunk_id] += REFERENCE_BONUS * (chunk_id in exact)
    ranked = [chunks[key] for key in sorted(fused, key=lambda key: (-fused[key], key))]
    kept = _distinct(ranked, snapshot.sources, fused)
    matcher = Matcher(snapshot, asked)
    scores = _compared(snapshot, kept[:COMPARED], fused, matcher)
    scores |= _behind(kept[COMPARED:], scores)
    passages = [
        Passage(
            chunk=chunk,
            source=snapshot.sources[chunk.source_id],
            score=scores[chunk.id],
            similarity=dense[chunk.id],
        )
        for chunk in sorted(kept, key=lambda chunk: (-scores[chunk.id], chunk.id))
    ]
    return Found(
        question=asked,
        passages=tuple(passages[:limit]),
        matcher=matcher,
        snapshot=snapshot,
        hidden=frozenset(hidden),
    )


def _candidates(
    snapshot: Snapshot, asked: Question, depth: int, hidden: Collection[str]
) -> tuple[dict[str, float], dict[str, float]]:
    """Similarity and BM25 score of the passages worth a look, by chunk id."""
    vector = asked.vectors.vector
    dense = dict(snapshot.nearest(vector, depth, hidden=hidden))
    lexical = dict(snapshot.matching(asked.searched, depth, hidden=hidden))
    for group in asked.groups:
        sources = [source for source in group.sources if source not in hidden]
        dense |= snapshot.nearest_among(sources, vector, NAMED_CANDIDATES)
        lexical |= snapshot.matching(asked.topic, NAMED_CANDIDATES, among=sources)
    dense |= snapshot.similarities(vector, [key for key in lexical if key not in dense])
    return dense, lexical


def _compared(
    snapshot: Snapshot, chunks: Sequence[Chunk], fused: Mapping[str, float], matcher: Matcher
) -> dict[str, float]:
    """The final score of passages, 0 to 1."""
    late = _scaled({chunk.id: matcher.score(chunk) for chunk in chunks})
    early = _scaled({chunk.id: fused[chunk.id] for chunk in chunks})
    scores = {
        chunk.id: LATE_WEIGHT * late[chunk.id]
        + (1 - LATE_WEIGHT) * early[chunk.id]
        - RECITAL_PENALTY * _is_recital(chunk, snapshot.sources[chunk.source_id])
        - APPARATUS_PENALTY * is_apparatus(chunk.heading_path)
        for chunk in chunks
    }
    return {key: max(score, 0.0) for key, score in scores.items()}


def is_apparatus(headings: Sequence[str]) -> bool:
    """Whether a passage is about its own text: sources, thanks, contents, when to revise it."""
    return any(_APPARATUS.fullmatch(heading.strip(" .:0123456789")) for heading in headings)


def _is_recital(chunk: Chunk, source: Source) -> bool:
    return any(_RECITAL.match(heading) for heading in (source.title, *chunk.heading_path))


def _behind(chunks: Iterable[Chunk], scores: Mapping[str, float]) -> dict[str, float]:
    """Scores of the passages that were not compared, in their order, below all others."""
    last = min(scores.values(), default=0.0)
    taken = list(chunks)
    return {
        chunk.id: last * (1 - (place + 1) / (len(taken) + 1)) - 1e-9 * place
        for place, chunk in enumerate(taken)
    }


def _distinct(
    chunks: Iterable[Chunk], sources: Mapping[str, Source], fused: dict[str, float]
) -> list[Chunk]:
    """The passages without copies, as several files of one law in a library are.

    The copy that a reader can check best takes the place and the score of the first.
    """
    kept: list[Chunk] = []
    held: list[frozenset[str]] = []
    for chunk in chunks:
        mine = frozenset(words(chunk.text)) if len(kept) < 2 * COMPARED else frozenset[str]()
        place = next((n for n, other in enumerate(held) if mine and _same(mine, other)), None)
        if place is None:
            kept.append(chunk)
            held.append(mine)
        elif kept[place].source_id != chunk.source_id and (
            _checkable(chunk, sources) > _checkable(kept[place], sources)
        ):
            fused[chunk.id] = fused[kept[place].id]
            kept[place] = chunk
    return kept


def _checkable(chunk: Chunk, sources: Mapping[str, Source]) -> tuple[bool, bool]:
    return chunk.page is not None, sources[chunk.source_id].url is not None


def _same(one: Collection[str], other: Collection[str]) -> bool:
    if not SAME_WORDS * len(one) < len(other) < len(one) / SAME_WORDS:
        return False
    return len(set(one) & set(other)) > SAME_WORDS * max(len(one), len(other))


def _fuse(dense: Mapping[str, float], lexical: Mapping[str, float]) -> dict[str, float]:
    near, shared = _scaled(dense), _scaled({**dict.fromkeys(dense, 0.0), **lexical})
    return {
        chunk_id: DENSE_WEIGHT * near[chunk_id] + (1 - DENSE_WEIGHT) * shared[chunk_id]
        for chunk_id in near
    }


def _scaled(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    span = high - low
    return {key: (score - low) / span if span else 0.0 for key, score in scores.items()}
