"""Takes credentials out of a text: what someone pasted by mistake is repeated nowhere.

Only what is unmistakable counts: a fixed beginning, or a shape that no sentence has. Whoever asks
about credentials ("what is an sk- key?") keeps every word.
"""

import re

REMOVED = "[removed]"

_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    # a block that was cut off is a key too, so that its end is not asked for
    r"(?:.*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|.*\Z)",
    re.DOTALL | re.ASCII,
)
_WEBHOOK = re.compile(
    r"(?:https?://)?[\w.-]{0,60}(?:"
    r"discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{15,22}/[\w-]{8,}"
    r"|hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]{20,})",
    re.IGNORECASE | re.ASCII,
)
_ADDRESS_WITH_PASSWORD = re.compile(
    r"(?P<start>[a-z][a-z0-9+.-]{1,30}://[^\s:/@]{0,200}:)[^\s/@]{1,300}(?=@)",
    re.IGNORECASE | re.ASCII,
)
# these begin where a word does
_TOKENS = re.compile(
    r"(?<![A-Za-z0-9_-])(?:"
    r"(?:mfa\.[\w-]{60,}|[MNO][\w-]{22,35}\.[\w-]{6}\.[\w-]{25,})"  # Discord
    r"|(?P<dashed>sk-[\w-]{20,})"  # OpenAI, Anthropic, others
    r"|[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"  # Stripe
    r"|gh[opsur]_[A-Za-z0-9]{30,}|github_pat_\w{40,}"
    r"|glpat-[\w-]{20,}"
    r"|hf_[A-Za-z0-9]{30,}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{20,}"  # Slack
    r"|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{50,}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"  # Amazon
    r"|AIza[\w-]{30,}|ya29\.[\w-]{20,}"  # Google
    r"|eyJ[\w-]{10,}\.eyJ[\w-]{10,}(?:\.[\w-]*)?"  # JSON web tokens
    r")",
    re.ASCII,
)
# Amazon's secret keys have no shape of their own, only a name in front
_NAMED = re.compile(
    r"(?P<start>\baws_?secret_?(?:access_?)?key[\"']?\s{0,3}[:=]\s{0,3}[\"']?)"
    r"[A-Za-z0-9/+=]{40}(?![A-Za-z0-9/+=])",
    re.IGNORECASE,
)
_RANDOM = re.compile(r"(?=.*[0-9])(?:.*[A-Z]|.*[A-Za-z0-9]{16})", re.DOTALL)


def without_credentials_in(text: str) -> str:
    """The text with `REMOVED` in place of each credential; the same text when it holds none."""
    text = _PRIVATE_KEY.sub(REMOVED, text)
    text = _WEBHOOK.sub(REMOVED, text)
    for named in (_ADDRESS_WITH_PASSWORD, _NAMED):
        text = named.sub(rf"\g<start>{REMOVED}", text)
    return _TOKENS.sub(_removed, text)


def _removed(match: re.Match[str]) -> str:
    """Words with hyphens may begin like a key ("sk-learn-style-..."), but look less random."""
    return match[0] if match["dashed"] and not _RANDOM.match(match[0]) else REMOVED


def searchable(text: str) -> str:
    """The text without the marks of what was removed, which say nothing about its topic."""
    return text.replace(REMOVED, " ")
