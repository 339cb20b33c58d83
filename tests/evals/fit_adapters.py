"""`python -m tests.evals.fit_adapters OUT.safetensors`: teaches the starter encoder the policy.

Thin matrices (LoRA) and a head learn from the messages that `fit_phrasing` learns from. Some are
put before or behind an ordinary one while learning, so that a request counts wherever it stands.
`--without PREFIX,PREFIX` leaves out those of some writers (whose ids begin so) and tells how they
are judged, by the matrices alone and together with the weights of phrasing; `--scores FILE.npz`
keeps what the matrices say of them. `--from FILE` goes on from earlier ones, in two passes.
An hour on two cores, much less on a GPU.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import Linear, Module, functional

from knowledge.encoders.taught import MOST_TOKENS
from knowledge.policy.phrasing import SIDES, readable
from knowledge.policy.weighing import together
from tests.evals.fit_phrasing import LEAST_SEEN, every_question, fitted, shown, told
from tests.evals.policy import Question
from tests.evals.starter import Starter, Words
from tests.evals.teaching import DEVICE, Places, Plan, padded, read_options, save, teach

PLAN = Plan(rank=32, epochs=7, batch=64, rate=1e-3)
AGAIN = replace(PLAN, epochs=2, rate=5e-4, seed=2)  # from what was learnt before
SMOOTHED = 0.05  # of the labels
JOINED = 0.3  # of the messages, with an ordinary one
EVERY_PLAIN = 2  # of the ordinary messages, which are many and easy, one in so many is learnt
OPEN = SIDES.index("open")


class Reader(Module):
    """The starter encoder with a head over the mean of a message's tokens."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        super().__init__()
        torch.manual_seed(plan.seed)
        self.starter = Starter(folder, plan, paired=False)
        self.head = Linear(self.starter.dimensions, len(SIDES))
        self._dropped = plan.dropped

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """How much speaks for each side, a row each text."""
        tokens = padded(texts)
        lengths = torch.tensor([len(each) for each in texts], device=DEVICE)
        seen = torch.arange(tokens.shape[1], device=DEVICE)[None] < lengths[:, None]
        states = self.starter.states(tokens, torch.zeros_like(tokens), seen).float()
        mean = (states * seen[:, :, None]).sum(dim=1) / lengths[:, None]
        return torch.as_tensor(self.head(functional.dropout(mean, self._dropped, self.training)))

    def learnt(self) -> dict[str, Tensor]:
        """What is kept."""
        head = {"head.weight": self.head.weight, "head.bias": self.head.bias}
        return head | self.starter.learnt()

    def recall(self, kept: Mapping[str, Tensor]) -> None:
        """Goes on from what was learnt before, by the names that `learnt` gives."""
        self.starter.recall(kept)
        with torch.no_grad():
            self.head.weight.copy_(kept["head.weight"].float())
            self.head.bias.copy_(kept["head.bias"].float())


class Lesson:
    """Messages by their tokens, and the places of their sides."""

    def __init__(self, questions: Sequence[Question], words: Words, plan: Plan) -> None:
        self._texts = texts_of(questions, words)
        self._sides = np.array([SIDES.index(each.wanted) for each in questions])
        plain = np.array([each.id.startswith("plain-") for each in questions])
        self._ordinary = np.flatnonzero((self._sides == OPEN) & ~plain)
        counts = np.bincount(self._sides, minlength=len(SIDES))
        self._weights = torch.tensor(
            np.sqrt(counts.mean() / counts), dtype=torch.float32, device=DEVICE
        )
        self._draw = np.random.default_rng(plan.seed)

    @property
    def lengths(self) -> list[int]:
        """Of every message, in tokens."""
        return [len(each) for each in self._texts]

    def loss(self, reader: Reader, places: Places) -> Tensor:
        """How far the reader is from the sides of some messages."""
        texts = [self._texts[place] for place in places]
        # some batches and not some texts of each, or all of a batch would be as long as the joined
        if self._draw.random() < JOINED:
            texts = [self._joined(each) for each in texts]
        scores = reader(texts).float()
        wanted = torch.from_numpy(self._sides[places]).to(DEVICE)
        return functional.cross_entropy(
            scores, wanted, weight=self._weights, label_smoothing=SMOOTHED
        )

    def _joined(self, text: list[int]) -> list[int]:
        other = self._texts[self._draw.choice(self._ordinary)]
        if len(other) + len(text) > MOST_TOKENS:
            return text
        before = self._draw.random() < 0.5  # as often as behind
        return [*other[:-1], *text[1:]] if before else [*text[:-1], *other[1:]]


def texts_of(questions: Sequence[Question], words: Words) -> list[list[int]]:
    """Messages as the encoder reads them."""
    bare = [words.tokens(readable(each.question))[:MOST_TOKENS] for each in questions]
    return [[words.begin, *each, words.end] for each in bare]


@torch.no_grad()
def judged(reader: Reader, questions: Sequence[Question], words: Words) -> NDArray[np.float32]:
    """How much speaks for each side, a row each message."""
    texts = texts_of(questions, words)
    return np.concatenate([reader([text]).float().cpu().numpy() for text in texts])


def main() -> int:
    """Fits, and writes the matrices."""
    given = read_options("tests.evals.fit_adapters", __doc__, goes_on=True)
    plan = AGAIN if given.earlier else PLAN
    words = Words(given.folder)
    every = every_question()
    unseen = [each for each in every if each.id.startswith(given.left_out)]
    known = [each for each in every if not each.id.startswith(given.left_out)]
    plain = [each for each in known if each.id.startswith("plain-")]
    skipped = {each.id for place, each in enumerate(plain) if place % EVERY_PLAIN}
    lesson = Lesson([each for each in known if each.id not in skipped], words, plan)
    reader = Reader(given.folder, plan).to(DEVICE)
    if given.earlier:
        reader.recall(load_file(given.earlier, DEVICE))
    teach(reader, lesson.lengths, lambda places: lesson.loss(reader, places), plan)
    save(reader.learnt(), given.out)
    if unseen:
        encoded = judged(reader, unseen, words)
        if given.scores:
            np.savez(given.scores, ids=[each.id for each in unseen], scores=encoded)
        sides = [SIDES.index(each.wanted) for each in known]
        weights, bias = fitted(shown(known), sides, LEAST_SEEN)
        phrased = shown(unseen) @ weights.astype(np.float32) + bias
        print(f"the matrices alone: {told(unseen, encoded.argmax(axis=1))}")
        print(f"with the phrasing: {told(unseen, together(phrased, encoded).argmax(axis=1))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
