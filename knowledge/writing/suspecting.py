"""Notices sentences of a chat model that must not be shown, whatever supports them."""

import re
from typing import Literal

from knowledge.instructions import is_instruction
from knowledge.writing.prompts import bare_words, prompt_words

# "leaning" on a sentence that was removed; "licence": repeats more than may be shown
OwnReason = Literal["leak", "order", "link", "leaning", "licence"]
LONGEST_ECHO = 8  # words in a row that stand in the prompts

_SELF = re.compile(
    r"\b(?:as an? (?:ai|artificial intelligence|large|language|helpful)\b|"
    r"(?:ai|large) language model,? (?:i|my)\b|language model (?:trained|created|made) by|"
    r"system (?:prompt|message)|my (?:instructions|guidelines|programming|training data|"
    r"knowledge cut)|(?:the|these|those|my|your) (?:instructions|rules) (?:above|given|i was)|"
    r"passages? \[?\d|passages? (?:number|no\.?) ?\d|fence lines?|"
    r"i (?:cannot|can['’]t|am unable|['’]m unable|am not able|apologi[sz]e|am sorry|['’]m sorry)|"  # noqa: RUF001
    r"not in the passages|<\|)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"-{4,}|\bend [0-9a-f]{8,}\b")
_ADDRESS = re.compile(
    r"(?:https?|ftp|file|javascript|data|mailto|discord)://?\S|\bwww\.\w|\bdiscord\.gg\b|"
    r"\S+@\S+\.\w|(?<!\w)@(?:everyone|here)\b",
    re.IGNORECASE,
)

# an opening that cannot be understood without the sentence before
_LEANS = re.compile(
    r"(?:(?:and|but|or|so|yet|while|although|though|if|when|since|because|unless|where|once|as|"
    r"whether|after|before|until)\s+)?"
    r"(?:(?:in|under|for|with|despite|because of|from|by|at|on|to|of|after|before|given|beyond|"
    r"besides|unlike|like|through|within|without|instead of|as a result of|due to|following|"
    r"contrary to|according to|some of|all of|most of|many of|both of|none of|one of|each of)\s+)?"
    r"(?:this|that|these|those|it|its|they|them|their|he|she|his|her|such|the same|the (?:former|"
    r"latter|above|other|others|rest|second|third|two|three)|both|neither|either|others?|another|"
    r"each|none|all of)\b|"
    r"(?:however|therefore|thus|hence|consequently|accordingly|otherwise|instead|nevertheless|"
    r"nonetheless|similarly|likewise|conversely|rather|still|then|here|there|so|but|and|or|nor|yet|"
    r"for (?:example|instance|the same reason)|as (?:a result|such|well)|by contrast|in contrast|"
    r"in turn|on the (?:other hand|contrary)|in other words|that said|to that end|even so|"
    r"specifically|in particular|namely|in short|overall|in summary|in conclusion|meanwhile|"
    r"again|which|who)\b",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"(?:additionally|in addition|also|moreover|furthermore|besides|finally|lastly|next|"
    r"firstly|first|secondly|second|thirdly|third),\s+(?=\w)",
    re.IGNORECASE,
)


def suspected(sentence: str, fence: str) -> OwnReason | None:
    """Why a sentence is not even checked, or None.

    "leak": it speaks of the model itself or repeats what it was told. "order": it is an order to
    whoever answers. "link": it sends its reader somewhere.

    Args:
        sentence: without marks.
        fence: that stood around what the model was given.
    """
    if fence in sentence or _SELF.search(sentence) or _FENCE.search(sentence) or _echoes(sentence):
        return "leak"
    if is_instruction(sentence):
        return "order"
    return "link" if _ADDRESS.search(sentence) else None


def leans_back(sentence: str) -> bool:
    """Whether a sentence cannot be understood without the one before it."""
    return bool(_LEANS.match(_ALSO.sub("", sentence, count=1)))


def standing_alone(sentence: str) -> str:
    """The sentence without an opening that only lines it up ("Moreover, ...")."""
    match = _ALSO.match(sentence)
    if not match:
        return sentence
    rest = sentence[match.end() :]
    return rest[:1].upper() + rest[1:]


def _echoes(sentence: str) -> bool:
    spoken = bare_words(sentence)
    runs = (
        " ".join(spoken[start : start + LONGEST_ECHO])
        for start in range(len(spoken) - LONGEST_ECHO + 1)
    )
    return any(run in told for run in runs for told in prompt_words())
