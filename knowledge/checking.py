"""Finds what a library holds on each claim of a message."""

from collections.abc import Sequence

from knowledge.choosing import Quote, choose_quotes
from knowledge.claims import CheckedClaim, ClaimCheck, claims_in
from knowledge.index import Snapshot
from knowledge.language import cannot_read
from knowledge.quoted import cited
from knowledge.quoting import Sentence
from knowledge.reading import read
from knowledge.relevance import bears, demands
from knowledge.search import Searcher
from knowledge.sides import OPPOSITE_SHARE, SIDES
from knowledge.stopwatch import Stopwatch

MOST_EVIDENCE = 3  # quotes for one claim, each of another source
FURTHER_SHARE = 0.7  # of the best quote's score, for one of a further source


def checked(text: str, searcher: Searcher, snapshot: Snapshot, least: float) -> ClaimCheck:
    """The claims of a message, each with the nearest quotes; none where nothing comes near.

    Args:
        text: the message, with its markup.
        searcher: finds the passages.
        snapshot: of the build that is read.
        least: confidence, 0 to 1, below which nothing is taken to bear on a claim.
    """
    watch = Stopwatch()
    with watch.stage("split"):
        claims = claims_in(text)
    found: list[CheckedClaim] = []
    number = 1
    for claim in claims:
        quotes: tuple[Quote, ...] = ()
        if not cannot_read(searcher.encoder.identity, snapshot, claim.text):
            reading = read(searcher, snapshot, claim.searched, watch=watch)
            if reading.confidence >= least:
                asked = demands(claim.searched)
                if any(bears(asked, each) for each in reading.ranked):
                    quotes = bearing(reading.ranked)
        evidence = cited(quotes, first=number)
        number += len(evidence)
        found.append(CheckedClaim(claim=claim.text, evidence=evidence))
    return ClaimCheck(claims=tuple(found), build=snapshot.manifest.build, timings_ms=watch.stop())


def bearing(ranked: Sequence[Sentence]) -> tuple[Quote, ...]:
    """The quotes that bear on a claim: the nearest, and both sides when they come near.

    Args:
        ranked: sentences beside the claim, best first.
    """
    by_source: dict[str, list[Sentence]] = {}
    for sentence in ranked:
        by_source.setdefault(sentence.passage.source.id, []).append(sentence)
    heads = [sentences[0] for sentences in by_source.values()]
    if not heads:
        return ()
    taken = heads[:1]
    for side in SIDES:
        near = [
            each
            for each in heads
            if _stance(each) == side and _is_near(each, heads[0], OPPOSITE_SHARE)
        ]
        if not any(_stance(head) == side for head in taken):
            taken += near[:1]
    taken += [
        head for head in heads if head not in taken and _is_near(head, heads[0], FURTHER_SHARE)
    ]
    return tuple(
        choose_quotes(by_source[head.passage.source.id])[0] for head in taken[:MOST_EVIDENCE]
    )


def _stance(sentence: Sentence) -> str:
    return sentence.passage.source.stance


def _is_near(sentence: Sentence, best: Sentence, share: float) -> bool:
    return sentence.score >= share * best.score
