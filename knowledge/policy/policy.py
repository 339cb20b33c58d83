"""The policy: rules that can say why, and weights of phrasing for what no rule has words for."""

from collections.abc import Sequence

from knowledge.policy.judging import Judgement, broken_rule
from knowledge.policy.lexicon import meanings
from knowledge.policy.phrasing import area_of, readable, sides_of
from knowledge.policy.topics import Rule

# fitted on writers that the weights had not seen, see docs/policy.md
LEAST_DECLINED = 0.75  # chance from which a message is declined
LEAST_CRISIS = 0.3  # chance from which it is taken for one of somebody in danger


def judge(text: str, earlier: Sequence[str] = (), *, topic: str = "") -> Judgement | None:
    """Why a message is declined, or None when it may be answered.

    Args:
        text: as written.
        earlier: what the same person asked before, the newest first: what "it" is.
        topic: the message with what it takes over from those, where that is known.
    """
    rule = broken_rule(text, earlier) or _phrased(text)
    if rule is None and topic not in {"", text}:
        rule = _phrased(topic)
    return Judgement(rule=rule) if rule else None


def _phrased(text: str) -> Rule | None:
    """What a message asks for by its phrasing."""
    clear = readable(text)
    if not clear.strip():
        return None
    chances = sides_of(clear)
    if chances["crisis"] >= max(LEAST_CRISIS, chances["declined"]):
        return "crisis"
    if chances["declined"] < LEAST_DECLINED:
        return None
    area = area_of(clear)
    minors = area == "sexual" and any("minor" in meanings(word) for word in clear.split())
    return "minors" if minors else area
