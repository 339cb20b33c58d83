"""`python -m tests.evals.fit_judge OUT.safetensors`: teaches the starter encoder to judge support.

Thin matrices (LoRA) and a head learn from the pairs of `support_fit.jsonl`, from sentences of their
passages that were lightly changed, and from right ones made wrong by rule. The head adds up what
each word of a sentence speaks against it, and what the sentence does as a whole. `--without W,W`
leaves out the pairs of some writers and tells how those are judged; `--scores FILE.npz` keeps what
was said of them. Two and a half minutes on a GPU,
hours on two cores.
"""

import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import Linear, Module, functional

from knowledge.encoders.focusing import focused
from knowledge.encoders.taught import (
    BETWEEN,
    LIGHT,
    MOST_ABOUT,
    MOST_IN_PAIR,
    MOST_IN_SENTENCE,
)
from knowledge.sentences import sentence_spans
from tests.evals.starter import Starter, Words
from tests.evals.support_pairs import FIT, Kind, Pair, read_pairs
from tests.evals.support_variants import near_copies
from tests.evals.support_wrongs import made_wrong, names_in
from tests.evals.teaching import DEVICE, Places, Plan, padded, read_options, save, teach

PLAN = Plan(rank=32, epochs=12, batch=128, rate=1.5e-3, thin_dropped=0.05)
KINDS: tuple[Kind, ...] = get_args(Kind)
SMOOTHED = 0.02  # of the labels
KIND_SMOOTHED = 0.05
EACH_WORD = 0.5  # what the loss over words counts beside that over sentences
EACH_KIND = 0.2  # the same of that over kinds
WRONG_WORDS = 4.0  # what a wrong word counts beside a right one
EVERY = 2  # one in so many right sentences, and light changes, is made wrong or learnt
UNTOLD = -1  # of a word of which nobody knows whether it is wrong
LOWEST = -30.0
SHOWN = 100  # sentences in a step when nothing is learnt


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A sentence and what it is held against, in tokens; which of its words are wrong, if known."""

    mine: Sequence[int]
    theirs: Sequence[int]
    kind: Kind
    words: Sequence[int]

    def __len__(self) -> int:
        return len(self.mine) + len(self.theirs)


class Judge(Module):
    """The starter encoder with a head over the words of a sentence."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        super().__init__()
        torch.manual_seed(plan.seed)
        self.starter = Starter(folder, plan, paired=True)
        words = Words(folder)
        self._begin, self._end = words.begin, words.end
        wide = self.starter.dimensions
        self.token, self.pooled = Linear(wide, 1), Linear(2 * wide, 1)
        self.kind = Linear(2 * wide, len(KINDS))  # helps to learn, and is not kept
        with torch.no_grad():
            self.token.bias.fill_(-4.0)  # so that many words do not speak against a sentence

    def forward(self, items: Sequence[Item]) -> tuple[Tensor, ...]:
        """The doubt of each sentence, of each of its words, and the scores of each kind."""
        end = self._end
        rows = [[self._begin, *each.mine, end, *each.theirs, end] for each in items]
        tokens = padded(rows)
        places = torch.arange(tokens.shape[1], device=DEVICE)[None]
        words = torch.tensor([len(each.mine) for each in items], device=DEVICE)[:, None]
        whole = torch.tensor([len(row) for row in rows], device=DEVICE)[:, None]
        kinds = ((places > words + 1) & (places < whole)).long()
        states = self.starter.states(tokens, kinds, places < whole).float()
        mine = (places > 0) & (places <= words)
        each = self.token(states).squeeze(-1).masked_fill(~mine, -1e4)
        mean = (states * mine[:, :, None]).sum(dim=1) / words
        pooled = torch.cat([states[:, 0], mean], dim=1)
        return torch.logsumexp(each, 1) + self.pooled(pooled).squeeze(-1), each, self.kind(pooled)

    def learnt(self) -> dict[str, Tensor]:
        """What is kept."""
        head = {
            "token.weight": self.token.weight,
            "token.bias": self.token.bias,
            "pooled.weight": self.pooled.weight,
            "pooled.bias": self.pooled.bias,
        }
        return head | self.starter.learnt()


class Reading:
    """Pairs as tokens, as `TaughtJudge` reads them."""

    def __init__(self, folder: Path) -> None:
        self._tokens = Words(folder).tokens
        self._light = self._tokens(LIGHT)
        self._passages: dict[str, list[list[int]]] = {}

    def item(self, pair: Pair, origin: Pair | None = None) -> Item:
        """A pair, which was made of another one."""
        mine = self._tokens(pair.sentence)[:MOST_IN_SENTENCE]
        if pair.passage not in self._passages:
            spans = sentence_spans(pair.passage)
            sentences = [self._tokens(pair.passage[start:end]) for start, end in spans]
            self._passages[pair.passage] = sentences
        passage = self._passages[pair.passage]
        near = focused(mine, passage, self._light)
        title = [*self._tokens(pair.about)[:MOST_ABOUT], *self._tokens(BETWEEN)]
        theirs = [*title, *(token for number in near for token in passage[number])]
        words = [0 if origin or not pair.wrong else UNTOLD] * len(mine)
        if origin is not None:
            words = _changed(self._tokens(origin.sentence), mine)
        return Item(
            mine=mine, theirs=theirs[: MOST_IN_PAIR - len(mine)], kind=pair.kind, words=words
        )


def _changed(before: Sequence[int], after: Sequence[int]) -> list[int]:
    """1 for each token that is new, or stands beside what is gone."""
    marks = [0] * len(after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag != "equal":
            around = range(start, end) if end > start else range(start - 1, start + 1)
            for place in around:
                if 0 <= place < len(marks):
                    marks[place] = 1
    return marks


def lesson(pairs: Sequence[Pair], reading: Reading, plan: Plan) -> list[Item]:
    """What is learnt from pairs."""
    draw = random.Random(plan.seed)  # noqa: S311 - nothing is secret
    right = [pair for pair in pairs if not pair.wrong]
    copies = list(near_copies(pairs))[::EVERY]
    passages = list(dict.fromkeys(pair.passage for pair in pairs))
    sentences = [each[start:end] for each in passages for start, end in sentence_spans(each)]
    names = list(dict.fromkeys(name for each in passages for name in names_in(each)))
    items = [reading.item(pair) for pair in (*pairs, *copies)]
    for pair in (*right[::EVERY], *copies):
        wrong = made_wrong(pair, draw, sentences=sentences, names=names)
        if wrong is not None:
            items.append(reading.item(wrong, pair))
    return items


def loss(judge: Judge, items: Sequence[Item]) -> Tensor:
    """How far the judge is from what is known of some sentences."""
    scores, each, kinds = (found.float() for found in judge(items))
    wrong = torch.tensor([float(one.kind != KINDS[0]) for one in items], device=DEVICE)
    wrong = wrong * (1 - 2 * SMOOTHED) + SMOOTHED
    whole = functional.binary_cross_entropy_with_logits(scores, wrong)
    places = torch.tensor([KINDS.index(one.kind) for one in items], device=DEVICE)
    named = functional.cross_entropy(kinds, places, label_smoothing=KIND_SMOOTHED)
    marks = padded([[UNTOLD, *one.words] for one in items], UNTOLD)  # behind what begins a text
    told = each[:, : marks.shape[1]].clamp(min=LOWEST)
    by_word = functional.binary_cross_entropy_with_logits(
        told,
        marks.clamp(min=0).float(),
        reduction="none",
        pos_weight=torch.tensor(WRONG_WORDS, device=DEVICE),
    )
    known = marks != UNTOLD
    words = (by_word * known).sum() / known.sum().clamp(min=1)
    return whole + EACH_WORD * words + EACH_KIND * named


@torch.no_grad()
def doubts(judge: Judge, items: Sequence[Item]) -> NDArray[np.float32]:
    """The doubt of each sentence."""
    parts = [items[start : start + SHOWN] for start in range(0, len(items), SHOWN)]
    return np.concatenate([judge(part)[0].float().cpu().numpy() for part in parts])


def told(pairs: Sequence[Pair], found: NDArray[np.float32]) -> list[str]:
    """Of each writer, how many wrong sentences are caught when few right ones are rejected."""
    lines = []
    for writer in dict.fromkeys(pair.writer for pair in pairs):
        wrong = np.array([pair.wrong for pair in pairs if pair.writer == writer])
        here = found[[pair.writer == writer for pair in pairs]]
        shares = [
            f"{np.mean(here[wrong] > np.quantile(here[~wrong], 1 - share)):.2f} at {share:.2f}"
            for share in (0.05, 0.1, 0.15)
        ]
        alike = np.mean(here[wrong][:, None] > here[~wrong][None])
        lines.append(f"{writer}: {len(wrong)} pairs, area {alike:.3f}, caught {', '.join(shares)}")
    return lines


def main() -> int:
    """Fits, and writes the matrices."""
    given = read_options("tests.evals.fit_judge", __doc__)
    reading = Reading(given.folder)
    pairs = read_pairs(FIT)
    items = lesson([pair for pair in pairs if pair.writer not in given.left_out], reading, PLAN)
    judge = Judge(given.folder, PLAN).to(DEVICE)

    def loss_of(places: Places) -> Tensor:
        return loss(judge, [items[place] for place in places])

    teach(judge, [len(each) for each in items], loss_of, PLAN)
    save(judge.learnt(), given.out)
    unseen = [pair for pair in pairs if pair.writer in given.left_out]
    if unseen:
        found = doubts(judge, [reading.item(pair) for pair in unseen])
        if given.scores:
            np.savez(given.scores, doubts=found)
        print("\n".join(told(unseen, found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
