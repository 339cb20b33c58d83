"""Recognises passages that would do harm by being quoted: recipes, code and prompts, not reports.

Conservative: several signs must come together, so that documents *about* attacks stay quotable.
"""

import re
from collections.abc import Sequence

LEAST_STEPS = 3
LEAST_AMOUNTS = 2
LEAST_CODE = 4  # lines, or as many statements where a document has lost its lines
LEAST_SIGNS = 3  # of a prompt or of a letter that deceives

_STEP = re.compile(
    r"(?:^|\n|(?<=[.;:] ))\s*(?:step \d{1,2}\b|\(?\d{1,2}[.)]|[-*•]) *\w", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\b\d{1,5}(?:[.,]\d{1,3})? ?(?:g|mg|kg|ml|l|grams?|litres?|liters?|millilit(?:re|er)s?|%|°c|degrees|mol|ppm|"
    r"minutes|hours|parts)\b|\d ?°",
    re.IGNORECASE,
)
_WEAPON = re.compile(
    r"\b(?:explosives?|detonators?|pipe bombs?|nerve agents?|sarin|tabun|ricin|anthrax|toxins?|pathogens?|"
    r"napalm|thermite|sprengstoff\w*|zünder|kampfstoff\w*|rohrbombe\w*)\b",
    re.IGNORECASE,
)
_DRIVES = re.compile(
    r"\b(?:mix|stir|heat|dissolve|distil\w*|filter|add|pour|culture|incubate|grind|ignite|dry|pack|connect|"
    r"mische|erhitze|löse|fülle|gib)\b",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"^\s*(?:import \w|from \w+ import|def \w+\(|class \w+|for \w+ in |while |if .{1,80}:$|with open|#include|"
    r"\w+(?:\.\w+)* ?= ?\S|\w+(?:\.\w+)+\(|curl |wget |sudo |pip install|git clone|python3? |\$ \w|function \w|"
    r"const \w|let \w|var \w|return\b|\}|try:|except\b)",
    re.MULTILINE,
)
_HARMFUL_CODE: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), least)
    for pattern, least in (
        (r"keylog|pynput|getasynckeystate|on_press", 2),
        (r"ransom|\.encrypted\b|fernet|encrypt_file|os\.walk", 3),
        (r"reverse.?shell|/bin/sh|msfvenom|meterpreter|shellcode|socket\.connect", 2),
        (r"login data|cookies\.sqlite|decrypt_password|cryptunprotectdata|webhook", 3),
        (
            r"abliterat|refusal.?dir(?:ection)?|harmful_(?:inst|prompts?)|uncensor|orthogonali[sz]e",
            3,
        ),
    )
)
_PROMPT: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bdo anything now\b|\byou are (?:now )?dan\b|\bacting as dan\b|\bdeveloper mode (?:is )?enabled\b",
        r"\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier) (?:instructions|prompts|rules)",
        r"\b(?:no|without any|free from all|freed from) (?:ethical |moral |content )?(?:restrictions|limits|limitations|guidelines|"
        r"filters|rules)\b",
        r"\b(?:never|must not|cannot|can not|will not|do not|don't) (?:ever )?(?:refuse|say no|decline|warn|apologi[sz]e)\b",
        r"\b(?:stay|remain|break) (?:in |out of )?character\b|\byou (?:will|must|shall|are going to) (?:now )?(?:act|pretend|"
        r"roleplay|answer (?:every|any|all))\b",
        r"\b(?:illegal|unethical|immoral|harmful) (?:or \w+ )?(?:content|requests?|advice|things)\b",
    )
)
_LETTER: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bdear (?:valued |sir|customer|user|account|client|member)|\bsehr geehrte\w* (?:kund|damen)",
        r"\b(?:your|ihr) (?:\w+ )?(?:account|konto) (?:has been|have been|will be|was|wurde|wird)\b",
        r"\b(?:click|klicken sie) (?:here|on|the|below|auf|hier)\b",
        r"\b(?:verify|confirm|update|bestätigen sie) (?:your|ihre?)\b",
        r"\b(?:within|in the next|innerhalb von) \d{1,2} (?:hours|stunden|days)\b",
    )
)


def is_operational(text: str) -> bool:
    """Whether a passage is itself a recipe, code, prompt or letter that does harm."""
    return (
        _is_recipe(text)
        or _is_harmful_code(text)
        or _signs(text, _PROMPT) >= LEAST_SIGNS
        or _signs(text, _LETTER) > LEAST_SIGNS
    )


def _is_recipe(text: str) -> bool:
    if not _WEAPON.search(text):
        return False
    return (
        len(_STEP.findall(text)) >= LEAST_STEPS
        and len(_AMOUNT.findall(text)) >= LEAST_AMOUNTS
        and len(_DRIVES.findall(text)) >= LEAST_STEPS
    )


def _is_harmful_code(text: str) -> bool:
    if len(_CODE.findall(text)) < LEAST_CODE:
        return False
    return any(len(pattern.findall(text)) >= least for pattern, least in _HARMFUL_CODE)


def _signs(text: str, patterns: Sequence[re.Pattern[str]]) -> int:
    return sum(bool(pattern.search(text)) for pattern in patterns)
