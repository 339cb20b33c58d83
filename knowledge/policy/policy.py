"""The policy: rules that can say why, and weights for what no rule has words for."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.policy.judging import Judgement, broken_rule
from knowledge.policy.lexicon import meanings
from knowledge.policy.phrasing import Array, area_of, readable, scores_of
from knowledge.policy.topics import Rule
from knowledge.policy.weighing import ALONE, TOGETHER, Line, chances, together

ADAPTERS = Path(__file__).with_name("adapters.safetensors")  # by tests/evals/fit_adapters.py

LEAST_LETTERS = 4  # of some word; "the of and" asks for nothing

Encoded = Callable[[str], Sequence[float] | None]


class Policy:
    """Judges messages; any thread may use it."""

    def __init__(self, encoded: Encoded | None = None) -> None:
        """Reads nothing yet.

        Args:
            encoded: how much speaks for each side of a readable message, by an encoder that was
                taught the policy; None while it cannot tell. Without it words alone are weighed.
        """
        self._encoded = encoded

    def judge(self, text: str, earlier: Sequence[str] = (), *, topic: str = "") -> Judgement | None:
        """Why a message is declined, or None when it may be answered.

        Args:
            text: as written.
            earlier: what the same person asked before, the newest first: what "it" is.
            topic: the message with what it takes over from those, where that is known.
        """
        phrased = self._phrased(text)
        rule = broken_rule(text, earlier) or phrased
        if phrased == "crisis":  # who is in danger may also ask for something
            rule = phrased
        elif rule is None and topic not in {"", text}:
            rule = self._phrased(topic)
        return Judgement(rule=rule) if rule else None

    def _phrased(self, text: str) -> Rule | None:
        """What a message asks for by its phrasing."""
        clear = readable(text)
        if not any(len(word) >= LEAST_LETTERS for word in clear.split()):
            return None
        phrased = scores_of(clear)
        scores, line = self._together(phrased, clear)
        sides = chances(scores)
        if sides["crisis"] >= max(line.crisis, sides["declined"]):
            return "crisis"
        if sides["declined"] < line.declined or chances(phrased)["declined"] < line.phrased:
            return None
        area = area_of(clear)
        minors = area == "sexual" and any("minor" in meanings(word) for word in clear.split())
        return "minors" if minors else area

    def _together(self, phrased: Array, clear: str) -> tuple[Array, Line]:
        encoded = self._encoded(clear) if self._encoded else None
        if encoded is None:
            return phrased, ALONE
        return together(phrased, np.asarray(encoded, dtype=np.float32)), TOGETHER
