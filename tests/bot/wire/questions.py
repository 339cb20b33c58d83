"""Questions that the small answerer of `tests.fakes` answers, and what it quotes then.

Each is worded a little differently, for a question that was just answered need not be again.
"""

from itertools import count

QUOTE = "substantial security risks, such as the removal of safeguards within the model"
RULES_QUOTE = "shall not apply to providers of AI models that are released under a free"

_numbers = count(1)


def risks() -> str:
    """A question that is answered with `QUOTE`."""
    return f"Case {next(_numbers)}: what security risks do widely available model weights bring?"


def rules() -> str:
    """A question that is answered with `RULES_QUOTE`."""
    return f"Case {next(_numbers)}: which obligations apply to providers of open-source models?"
