"""Recognises passages that would do harm by being quoted: recipes, code and prompts, not reports.

Conservative: several signs must come together, so that documents *about* attacks stay quotable.
"""

import re
from functools import cache
from typing import Literal

from knowledge.policy.patterns import compiled, table

LEAST_STEPS = 3
LEAST_AMOUNTS = 2
LEAST_CODE = 4  # lines that look like code
LEAST_SIGNS = {"prompt": 3, "letter": 4}


def is_operational(text: str) -> bool:
    """Whether a passage is itself a recipe, code, prompt or letter that does harm."""
    return (
        _is_recipe(text)
        or _is_harmful_code(text)
        or _has_signs(text, "prompt")
        or _has_signs(text, "letter")
    )


def _is_recipe(text: str) -> bool:
    return bool(_named("WEAPON").search(text)) and (
        len(_named("STEP").findall(text)) >= LEAST_STEPS
        and len(_named("AMOUNT").findall(text)) >= LEAST_AMOUNTS
        and len(_named("DRIVES").findall(text)) >= LEAST_STEPS
    )


def _is_harmful_code(text: str) -> bool:
    if len(_named("CODE").findall(text)) < LEAST_CODE:
        return False
    return any(len(pattern.findall(text)) >= least for pattern, least in _harmful_code())


def _has_signs(text: str, kind: Literal["prompt", "letter"]) -> bool:
    return sum(bool(sign.search(text)) for sign in _signs(kind)) >= LEAST_SIGNS[kind]


@cache
def _named(name: str) -> re.Pattern[str]:
    names = table("operational")["names"]
    return compiled(names[name], names, flags=re.IGNORECASE | re.MULTILINE)


@cache
def _signs(kind: Literal["prompt", "letter"]) -> tuple[re.Pattern[str], ...]:
    signs = table("operational")[kind]
    return tuple(compiled(each["pattern"], {}, flags=re.IGNORECASE) for each in signs)


@cache
def _harmful_code() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(
        (compiled(each["pattern"], {}, flags=re.IGNORECASE), each["least"])
        for each in table("operational")["code"]
    )
