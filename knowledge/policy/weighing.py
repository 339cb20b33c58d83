"""Weighs what phrasing and an encoder say of a message, and tells where the line is."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.policy.phrasing import SIDES, Array, Side

# what a broken rule adds to the logarithm of the odds that a message is declined
RULED, RULED_SHORT = 3.0, 6.0  # in a short message nothing else can change what is asked for
SHORT = 12  # words
ENCODED = 0.7  # weight of the encoder's scores beside those of the phrasing


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Chances from which a message is on a side; set as docs/policy.md tells.

    Attributes:
        declined: from which it is declined.
        crisis: from which it is taken for one of somebody in danger, if that is likelier.
        phrased: from which it is declined by its phrasing alone, that must hold, too.
    """

    declined: float
    crisis: float
    phrased: float = 0.0


ALONE = Line(declined=0.8, crisis=0.4)  # for the phrasing without an encoder
TOGETHER = Line(declined=0.55, crisis=0.4, phrased=0.35)


def added_by_rule(message: str) -> float:
    """What a rule that a message breaks adds to the logarithm of the odds of its being declined."""
    return RULED_SHORT if len(message.split()) <= SHORT else RULED


def together(phrased: Array, encoded: Array) -> Array:
    """Scores of both readers, whose differences are logarithms of odds."""
    scores: Array = phrased + ENCODED * encoded
    return scores


def chances(scores: Array) -> Mapping[Side, float]:
    """The chance of each side, 0 to 1, together 1."""
    raised = np.exp(scores - scores.max())
    return dict(zip(SIDES, (raised / raised.sum()).tolist(), strict=True))
