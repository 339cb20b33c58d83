"""What about a sentence beside its passage speaks against it, as numbers."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from knowledge.support.aligning import (
    Alignment,
    Indexed,
    aligned,
    found_in,
    indexed,
    indexed_heading,
)
from knowledge.support.cues import MODAL, Cue, Kind, cues, over
from knowledge.support.dates import dates
from knowledge.support.figures import same_figure
from knowledge.support.lexicon import lexicon
from knowledge.support.rules import claimed_figures, facts_of
from knowledge.support.tokens import Token

Traits = dict[str, float]
_MOST = 4.0  # of anything that is counted


class Comparison:
    """A sentence beside a passage."""

    def __init__(self, sentence: str, tokens: tuple[Token, ...], text: str, about: str) -> None:
        self.sentence, self.text, self.about = sentence, text, about
        self.tokens = tokens
        self.passage = indexed(text)
        self.heading = indexed_heading(about)
        self.alignment = aligned(tokens, self.passage, self.heading)
        self.mine = cues(tokens)
        self.theirs = {
            number: cues(self.passage[number].sentence.tokens) for number in self.alignment.region
        }

    def given(self, number: int) -> tuple[Token, ...]:
        """The words of a sentence of the passage."""
        return self.passage[number].sentence.tokens

    def near(self) -> tuple[int, ...]:
        """The sentences of the passage that the sentence may repeat."""
        return self.alignment.region[:1]

    def span(self) -> tuple[int, int] | None:
        """Where the best sentence stands in the passage."""
        region = self.alignment.region
        return self.passage[region[0]].sentence.span if region else None


def traits(comparison: Comparison) -> Traits:
    """Every trait by its name."""
    found: Traits = {}
    found |= coverage(comparison.alignment)
    found |= closeness(comparison)
    found |= polarity(comparison)
    found |= modality(comparison)
    found |= ranges(comparison)
    found |= speakers(comparison)
    found |= places(comparison)
    return {name: min(_MOST, value) for name, value in found.items()}


def coverage(found: Alignment) -> Traits:
    """How much of the sentence the passage does not hold, and how it lies together."""
    content = [place for place, token in enumerate(found.tokens) if token.content]
    clauses: dict[int, list[int]] = {}
    for place in content:
        clauses.setdefault(found.tokens[place].clause, []).append(place)
    open_clauses = [
        sum(place in found.uncovered for place in places) for places in clauses.values()
    ]
    whole_clauses = sum(
        count >= 2 and count >= 0.7 * len(places)
        for count, places in zip(open_clauses, clauses.values(), strict=True)
    )
    tail = content[-4:]
    return {
        "uncovered-share": 1.0 - found.whole,
        "uncovered": float(len(found.uncovered)),
        "uncovered-run": float(_longest_run(content, found.uncovered)),
        "uncovered-clause": float(max(open_clauses, default=0)),
        "uncovered-whole-clause": float(whole_clauses),
        "uncovered-tail": float(sum(place in found.uncovered for place in tail)),
        "outside-region": 1.0 - found.covered,
        "outside-best": 1.0 - found.best,
        "elsewhere": float(len(found.elsewhere)),
        "sentences": float(len(found.region)),
    }


def _longest_run(content: Sequence[int], wanted: Iterable[int]) -> int:
    longest = run = 0
    kept = set(wanted)
    for place in content:
        run = run + 1 if place in kept else 0
        longest = max(longest, run)
    return longest


def closeness(comparison: Comparison) -> Traits:
    """How nearly the sentence repeats the best one of the passage, and what it does otherwise."""
    region = comparison.alignment.region
    if not region or len(comparison.tokens) > 120:
        return {"near": 0.0, "near-changed": 0.0, "near-small-changed": 0.0}
    mine = [token.lemma for token in comparison.tokens]
    theirs = [token.lemma for token in comparison.given(region[0])]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    blocks = matcher.get_matching_blocks()
    same = sum(block.size for block in blocks if block.size > 1)
    near = same / max(1, len(mine))
    changed = sum(
        1
        for tag, start, end, other, last in matcher.get_opcodes()
        if tag == "replace" and end - start <= 2 and last - other <= 2
    )
    inserted = sum(
        end - start
        for tag, start, end, _, _ in matcher.get_opcodes()
        if tag in {"insert", "delete"} and end - start <= 2
    )
    return {
        "near": near,
        "near-changed": near * changed,
        "near-small-changed": near * inserted,
    }


def _aligned_cues(comparison: Comparison) -> list[Cue]:
    """The cues of the clauses that the sentence comes from."""
    clauses: set[tuple[int, int]] = set()
    for link in comparison.alignment.links:
        token = comparison.given(link.sentence)[link.given]
        clauses.add((link.sentence, token.clause))
    return [
        cue
        for number, found in comparison.theirs.items()
        for cue in found
        if (number, cue.clause) in clauses
    ]


def polarity(comparison: Comparison) -> Traits:
    """Whether what is said here is denied there."""
    mine = sum("denial" in cue.kinds for cue in comparison.mine)
    near = _aligned_cues(comparison)
    theirs = sum("denial" in cue.kinds for cue in near)
    against = _opposed(comparison)
    local = 0
    for link in comparison.alignment.links:
        here = "denial" in over(link.claimed, comparison.tokens, comparison.mine)
        there = "denial" in over(
            link.given, comparison.given(link.sentence), comparison.theirs[link.sentence]
        )
        local += here != there
    links = len(comparison.alignment.links) or 1
    return {
        "denial-added": float(max(0, mine - theirs)),
        "denial-dropped": float(max(0, theirs - mine)),
        "denial-local": local / links,
        "opposed": float(against),
        "opposed-alone": float(against > 0 and mine == theirs),
        "denial-odd": float((mine + theirs + against) % 2),
    }


def _opposed(comparison: Comparison) -> int:
    """Words whose opposite stands in the region and which do not stand there themselves."""
    sides = lexicon().opposed
    there: set[int] = set()
    lemmas: set[str] = set()
    for number in comparison.alignment.region:
        for token in comparison.given(number):
            lemmas.add(token.lemma)
            there |= sides.get(token.lemma, frozenset())
    mine = {token.lemma for token in comparison.tokens}
    count = 0
    for lemma in mine - lemmas:
        own = sides.get(lemma, frozenset())
        opposite = {side ^ 1 for side in own}
        if opposite & there and not own & there:
            count += 1
    return count


def modality(comparison: Comparison) -> Traits:
    """Classes of modals that one side has alone."""
    mine: set[Kind] = {kind for cue in comparison.mine for kind in cue.kinds}
    near: set[Kind] = {kind for cue in _aligned_cues(comparison) for kind in cue.kinds}
    anywhere: set[Kind] = {
        kind for found in comparison.theirs.values() for cue in found for kind in cue.kinds
    }
    found: Traits = {}
    for kind in sorted(MODAL):
        found[f"{kind}-added"] = float(kind in mine and kind not in near)
        found[f"{kind}-absent"] = float(kind in mine and kind not in anywhere)
        found[f"{kind}-dropped"] = float(kind in near and kind not in mine)
    weak: set[Kind] = {"leave", "possible", "likely", "advice", "plan"}
    found["became-sure"] = float(bool(near & weak) and not mine & (weak | {"duty"}))
    found["became-duty"] = float("duty" in mine and "duty" not in near and bool(near & weak))
    found["became-weak"] = float("duty" in near and "duty" not in mine and bool(mine & weak))
    return found


def ranges(comparison: Comparison) -> Traits:
    """Ranges and conditions that one side has alone, and describing words that were left out."""
    mine = {kind for cue in comparison.mine for kind in cue.kinds}
    theirs = {kind for found in comparison.theirs.values() for cue in found for kind in cue.kinds}
    near = {kind for cue in _aligned_cues(comparison) for kind in cue.kinds}
    found: Traits = {}
    for kind in ("every", "only", "some", "condition"):
        found[f"{kind}-added"] = float(kind in mine and kind not in theirs)
        found[f"{kind}-dropped"] = float(kind in near and kind not in mine)
    found["widened"] = float("every" in mine and "every" not in theirs and "some" in near)
    found["describing-dropped"] = float(_dropped(comparison))
    found["describing-added"] = float(_added(comparison))
    found["condition-left-out"] = float(_conditions_left_out(comparison))
    return found


def _dropped(comparison: Comparison) -> int:
    """Content words right in front of a word that was taken over, which were not."""
    taken = {(link.sentence, link.given) for link in comparison.alignment.links}
    here = {token.lemma for token in comparison.tokens}
    count = 0
    for number, place in taken:
        tokens = comparison.given(number)
        if place == 0:
            continue
        before = tokens[place - 1]
        if before.content and (number, place - 1) not in taken and before.lemma not in here:
            count += before.end + 1 == tokens[place].start
    return count


def _added(comparison: Comparison) -> int:
    """Words right in front of a covered one that the passage has, but not there, or not at all."""
    by_claimed = {link.claimed: link for link in comparison.alignment.links}
    count = 0
    for place, link in by_claimed.items():
        before = comparison.tokens[place - 1] if place else None
        if before is None or not before.content or before.end + 1 != comparison.tokens[place].start:
            continue
        other = by_claimed.get(place - 1)
        if other is None or abs(other.given - link.given) > 6:
            count += 1
    return count


def _conditions_left_out(comparison: Comparison) -> int:
    """Clauses of the best sentence that set a condition and of which nothing was taken over."""
    region = comparison.alignment.region
    if not region:
        return 0
    best = region[0]
    tokens = comparison.given(best)
    taken = {link.given for link in comparison.alignment.links if link.sentence == best}
    count = 0
    for cue in comparison.theirs[best]:
        if "condition" in cue.kinds:
            clause = [
                place
                for place in range(cue.start, len(tokens))
                if tokens[place].clause == tokens[cue.start].clause and tokens[place].content
            ]
            count += bool(clause) and not taken & set(clause)
    return count


def speakers(comparison: Comparison) -> Traits:
    """Whether somebody else is said to say it, or nobody any more."""
    mine = _speech(comparison.tokens)
    theirs = [
        each
        for number in comparison.alignment.region[:1]
        for each in _speech(comparison.given(number))
    ]
    hedged = lexicon().hedged
    known = {lemma for lemma, _ in theirs}
    their_kinds = set().union(*(kinds for _, kinds in theirs)) if theirs else set()
    heading = _kinds(comparison.heading.sentence.tokens)
    everywhere = {
        kind for each in comparison.passage for kind in _kinds(each.sentence.tokens)
    } | heading
    my_kinds = set().union(*(kinds for _, kinds in mine)) if mine else set()
    return {
        "speech-added": float(bool(mine) and not theirs),
        "speech-dropped": float(bool(theirs) and not mine),
        "opinion-as-fact": float(bool(known & hedged) and not mine),
        "speaker-kind": float(bool(my_kinds) and bool(their_kinds) and not my_kinds & their_kinds),
        "speaker-unknown": float(len(my_kinds - everywhere)),
        "speaker-known": float(bool(my_kinds & (their_kinds | heading))),
    }


def _kinds(tokens: Sequence[Token]) -> set[int]:
    kinds = lexicon().speakers
    return {kind for token in tokens for kind in kinds.get(token.lemma, ())}


def _speech(tokens: Sequence[Token]) -> list[tuple[str, frozenset[int]]]:
    """Verbs of saying, each with the kinds of speakers that stand near in front of it."""
    speech = lexicon().speech
    found: list[tuple[str, frozenset[int]]] = []
    for place, token in enumerate(tokens):
        if token.lemma in speech and place:
            before = tokens[max(0, place - 8) : place]
            found.append((token.lemma, frozenset(_kinds(before))))
        elif token.lower == "according":
            found.append(("say", frozenset(_kinds(tokens[place + 1 : place + 8]))))
    return found


def places(comparison: Comparison) -> Traits:
    """Whether numbers and dates stand beside the same words as in the passage."""
    facts = facts_of(comparison.text, comparison.about)
    claimed = dates(comparison.sentence)
    mine = [token.lemma for token in comparison.tokens if token.content]
    both = f"{comparison.about}\n{comparison.text}"
    offset = len(comparison.about) + 1
    far_number = noun = 0.0
    for each in claimed_figures(comparison.sentence, claimed):
        same = [given for given in facts.figures if same_figure(each, given)]
        if not same:
            continue
        windows = [_beside(comparison, given.start - offset, mine) for given in same]
        far_number = max(far_number, 1.0 - max(windows))
        named = {given.noun for given in same}
        noun = max(noun, float(bool(each.noun) and each.noun not in named))
    far_date = 0.0
    for date in claimed:
        windows = [
            _beside(comparison, given.start - offset, mine)
            for given in facts.dates
            if date.within(given)
        ]
        far_date = max(far_date, 1.0 - max(windows, default=1.0))
    del both
    return {"number-far": far_number, "number-noun": noun, "date-far": far_date}


def _beside(comparison: Comparison, place: int, mine: Sequence[str]) -> float:
    """Share of the sentence's words that stand in the passage's sentence at a place."""
    if place < 0:
        return 1.0  # title and headings are about the whole
    for each in comparison.passage:
        start, end = each.sentence.span
        if start <= place < end:
            return _share(comparison, each)
    return 0.0


def _share(comparison: Comparison, where: Indexed) -> float:
    content = [token for token in comparison.tokens if token.content]
    held = sum(found_in(token, where)[0] for token in content)
    return held / (len(content) or 1)
