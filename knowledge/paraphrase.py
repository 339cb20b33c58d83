"""Puts idioms that ask for a side into the words that texts use, which an encoder does not see."""

import re

_PLEADS = r"(?:arguments?|reasons?|points?)"
_WAYS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"\bwhat (?:speaks|can be said) (?:for|in favou?r of)\b", "what are the benefits of"),
        (r"\bwhat (?:speaks|can be said) against\b", "what are the risks of"),
        (rf"\b{_PLEADS} in favou?r of\b|\barguments? for\b", "benefits of"),  # not "reasons for"
        (rf"\b{_PLEADS} against\b", "risks of"),
        (r"\bwhat(?:['’]?s| is) (?:so )?(?:good|great) about\b", "what are the benefits of"),  # noqa: RUF001 - the typographic apostrophe
        (r"\bwhat(?:['’]?s| is) (?:so )?(?:bad|wrong) (?:about|with)\b", "what are the risks of"),  # noqa: RUF001
        (
            r"\bwhy (?:is|are) (.{3,60}?) (?:so )?(?:good|great)(?= ?\W*$)",
            r"what are the benefits of \1",
        ),
        (r"\bwhy (?:is|are) (.{3,60}?) (?:so )?bad(?= ?\W*$)", r"what are the risks of \1"),
        (r"\b(?:pros|upsides?|plusses) (?:of|for|to)\b", "benefits of"),
        (r"\b(?:cons|downsides?|drawbacks?) (?:of|for|to)\b", "risks of"),
    )
)


def paraphrased(text: str) -> str:
    """A question with "what speaks for X" put as "what are the benefits of X", and the like."""
    for pattern, words in _WAYS:
        text = pattern.sub(words, text)
    return text
