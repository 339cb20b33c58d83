"""The policy: rules that can say why, and weights for what no rule has words for."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from knowledge.policy.judging import Judgement, broken_rule
from knowledge.policy.lexicon import meanings
from knowledge.policy.phrasing import SIDES, Array, area_of, readable, scores_of
from knowledge.policy.topics import Rule
from knowledge.policy.weighing import (
    ALONE,
    TOGETHER,
    Line,
    added_by_rule,
    chances,
    together,
)

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
        broken = broken_rule(text)
        if broken and broken.rule == "crisis":
            return Judgement(rule="crisis")
        rule = self._weighed(text, broken.rule if broken else None)
        # what "it" is, weights do not know
        led = broken if broken and broken.carried else None
        if broken is None and earlier:
            led = broken_rule(text, earlier)
        if rule is None and led:
            rule = led.rule
        if rule is None and topic not in {"", text}:
            rule = self._weighed(topic, None)
        return Judgement(rule=rule) if rule else None

    def _weighed(self, text: str, ruled: Rule | None) -> Rule | None:
        """What a message asks for by its phrasing, and by the rule that it breaks, if any."""
        clear = readable(text)
        if not any(len(word) >= LEAST_LETTERS for word in clear.split()):
            return ruled
        phrased = scores_of(clear)
        if ruled:
            phrased[SIDES.index("declined")] += added_by_rule(clear)
        scores, line = self._together(phrased, clear)
        sides = chances(scores)
        if sides["crisis"] >= max(line.crisis, sides["declined"]):
            return "crisis"
        if sides["declined"] < line.declined or chances(phrased)["declined"] < line.phrased:
            return None
        area = area_of(clear)
        minors = area == "sexual" and any("minor" in meanings(word) for word in clear.split())
        return ruled or ("minors" if minors else area)

    def _together(self, phrased: Array, clear: str) -> tuple[Array, Line]:
        encoded = self._encoded(clear) if self._encoded else None
        if encoded is None:
            return phrased, ALONE
        return together(phrased, np.asarray(encoded, dtype=np.float32)), TOGETHER
