"""What a request must not be for: pairs of a deed and a thing, by rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Rule = Literal[
    "safeguards",
    "malware",
    "fraud",
    "disinformation",
    "deepfakes",
    "sexual",
    "minors",
    "weapons",
    "doxxing",
    "evasion",
    "theft",
    "violence",
    "hate",
    "crime",
    "crisis",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A deed on a thing that is not helped with.

    Attributes:
        deed: meaning of the word that does it; None when the thing is a deed by itself.
        thing: meaning of the word it is done to.
        reach: words that may stand between them.
        behind: whether the thing may also stand in front of the deed, as in German clauses.
        near: meanings of which the message must hold one each, or none for any message.
        unless: meanings that must not stand in the sentence.
    """

    rule: Rule
    deed: str | None
    thing: str
    reach: int = 6
    behind: str | None = None
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = field(default=())


# what a thing by itself is about, when a plain request names it
HARM_BY_MEANING: tuple[tuple[str, Rule], ...] = (
    ("minor_sexual", "minors"),
    ("jailbreak", "safeguards"),
    ("malware", "malware"),
    ("fraud", "fraud"),
    ("disinformation", "disinformation"),
    ("deepfake", "deepfakes"),
    ("weapon", "weapons"),
    ("uncensored", "safeguards"),
    ("dox", "doxxing"),
    ("porn", "sexual"),
    ("evade", "evasion"),
    ("hate", "hate"),
    ("stolen", "theft"),
)
# what a thing is only with: an uncensored model, stolen weights
ONLY_WITH: Mapping[str, str] = {"uncensored": "model", "stolen": "weights"}

TOPICS: tuple[Topic, ...] = (
    Topic(rule="minors", deed=None, thing="minor_sexual"),
    Topic(rule="minors", deed="make", thing="nude", near=("minor",), reach=9, behind="final"),
    Topic(rule="minors", deed="artefact", thing="nude", near=("minor",), reach=9),
    Topic(rule="safeguards", deed="defeat", thing="guard", reach=9, behind="defeat"),
    Topic(rule="safeguards", deed="make_noun", thing="guard", reach=5),
    Topic(
        rule="safeguards",
        deed="defeat",
        thing="limit",
        reach=8,
        behind="defeat",
        near=("model",),
        unless=("machine",),
    ),
    Topic(rule="safeguards", deed="make", thing="uncensored", reach=9, near=("model",)),
    Topic(
        rule="safeguards",
        deed="make",
        thing="uncensored",
        reach=9,
        near=("model",),
        behind="final",
    ),
    Topic(rule="safeguards", deed=None, thing="jailbreak", unless=("machine",)),
    Topic(rule="safeguards", deed="without", thing="guard", reach=3, near=("model",)),
    Topic(rule="safeguards", deed="without", thing="limit", reach=3, near=("model",)),
    Topic(rule="safeguards", deed="getpast", thing="limit", reach=4, near=("model",)),
    Topic(rule="safeguards", deed="getpast", thing="guard", reach=4),
    Topic(rule="safeguards", deed="outwit", thing="model", reach=2, behind="outwit"),
    Topic(rule="malware", deed="make", thing="malware", behind="final"),
    Topic(rule="malware", deed="artefact", thing="malware", reach=3),
    Topic(rule="malware", deed="make_noun", thing="malware", reach=3),
    Topic(rule="malware", deed="steal", thing="secret", reach=5, behind="steal"),
    Topic(rule="malware", deed="hack", thing="hackable", reach=4, behind="hack"),
    Topic(rule="malware", deed="poison", thing="training_data", reach=5, behind="poison"),
    Topic(rule="fraud", deed="make", thing="fraud", behind="final"),
    Topic(rule="fraud", deed="artefact", thing="fraud", reach=3),
    Topic(rule="fraud", deed="forge", thing="forgeable", reach=4, behind="forge"),
    Topic(rule="fraud", deed="lure", thing="money", near=("victim",), reach=12, behind="lure"),
    Topic(rule="fraud", deed="swindle", thing="victim", reach=4, behind="swindle"),
    Topic(rule="fraud", deed="swindle", thing="human", reach=4, behind="swindle"),
    Topic(rule="disinformation", deed="make", thing="disinformation", behind="final"),
    Topic(rule="disinformation", deed="artefact", thing="disinformation", reach=3),
    Topic(rule="disinformation", deed="make", thing="hate", behind="final"),
    Topic(rule="disinformation", deed="fake", thing="faked", reach=3),
    Topic(rule="disinformation", deed="sway", thing="vote", reach=6, behind="sway"),
    Topic(rule="deepfakes", deed="make", thing="deepfake", behind="final", unless=("self",)),
    Topic(
        rule="deepfakes",
        deed="cloning",
        thing="cloned",
        reach=5,
        behind="cloning",
        unless=("self",),
    ),
    Topic(rule="sexual", deed="make", thing="nude", near=("someone",), reach=9, behind="final"),
    Topic(rule="sexual", deed="artefact", thing="nude", near=("someone",), reach=4),
    Topic(rule="sexual", deed=None, thing="undress", near=("someone",)),
    Topic(rule="weapons", deed="make", thing="weapon", behind="final", unless=("game",)),
    Topic(rule="weapons", deed="artefact", thing="weapon", reach=3, unless=("game",)),
    Topic(rule="weapons", deed="make_noun", thing="weapon", reach=3),
    Topic(rule="weapons", deed="agent", thing="agents", reach=1, near=("make",)),
    Topic(rule="weapons", deed="make", thing="deadlier", near=("bug",), reach=9, behind="final"),
    Topic(rule="doxxing", deed=None, thing="dox"),
    Topic(
        rule="doxxing",
        deed="track",
        thing="whereabouts",
        near=("someone",),
        reach=12,
        behind="track",
    ),
    Topic(rule="doxxing", deed="follow", thing="someone", reach=5, behind="follow"),
    Topic(rule="evasion", deed="defeat", thing="moderation", reach=8, behind="defeat"),
    Topic(
        rule="evasion",
        deed="defeat",
        thing="screen",
        reach=6,
        behind="defeat",
        near=("platform",),
        unless=("machine",),
    ),
    Topic(rule="evasion", deed="make", thing="evade", reach=12, behind="final"),
    Topic(
        rule="evasion",
        deed="make",
        thing="invisible",
        reach=9,
        near=("moderation",),
        behind="final",
    ),
    Topic(rule="evasion", deed="getpast", thing="moderation", reach=6, behind="getpast"),
    Topic(
        rule="evasion",
        deed="getpast",
        thing="screen",
        reach=6,
        behind="getpast",
        near=("platform",),
    ),
    Topic(
        rule="theft", deed="copyout", thing="weights", near=("evade",), reach=6, behind="copyout"
    ),
    Topic(rule="theft", deed="take", thing="weights", near=("guarded",), reach=8, behind="take"),
    Topic(rule="theft", deed="artefact", thing="stolen", near=("weights",), reach=3),
    Topic(rule="theft", deed="make", thing="stolen", near=("weights",), reach=5, behind="final"),
    Topic(rule="violence", deed="kill", thing="human", reach=4, behind="kill", unless=("game",)),
    Topic(rule="violence", deed="blast", thing="place", reach=3, behind="blast", unless=("game",)),
    Topic(rule="crime", deed="commit", thing="crime", reach=4, behind="commit", unless=("game",)),
    Topic(rule="crime", deed="make", thing="drug", reach=3, behind="final"),
    Topic(rule="crime", deed="rob", thing="loot", reach=4, behind="rob", unless=("game",)),
)
