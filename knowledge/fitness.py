"""What the form of a sentence adds to its score, for a question of this form."""

import re

FIGURE_BONUS = 0.05  # for a sentence with a figure, when the question asks for one
DEFINITION_BONUS = 0.05  # for one that says what a term means, when that is asked
DEFINITION_PENALTY = 0.1  # and when it is not
ASIDE_PENALTY = 0.15  # for a sentence about the text itself
STANDING_BONUS = 0.1  # for one that tells of an end or a beginning, when asked what still holds

# a question that a figure or a date answers
_ASKS_FIGURE = re.compile(
    r"\b(how (many|much|high|large|big|long|soon|old|often|fast|far)|when|what (year|date|number)|"
    r"since when|until when|percentage|threshold|deadline)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion)\b"
)
_ASKS_MEANING = re.compile(
    r"\b(what(['’]?s| is| are) (an? |the )?[\w\- ]{2,40}\?*$|what does .{2,60} mean|define\b|"  # noqa: RUF001 - the typographic apostrophe
    r"definition of|meaning of|what counts as)",
    re.IGNORECASE,
)
_MEANING = re.compile(
    r"^(\W|\(?\w{1,3}\)|\d+\.)*[“\"‘'][^”\"’']{2,80}[”\"’'] (means|shall mean|refers to)\b|"  # noqa: RUF001 - typographic quotes
    r"\b(is|are) (defined as|understood as)\b"
)
# a sentence about the document instead of its subject
_ASIDE = re.compile(
    r"^(See |Figure \d|Table \d|This (brief|page|section|chapter|report|document|paper) |"
    r"Last (modified|updated)|Retrieved |Available at|https?://|What would change this)|"
    r"\b(would change this brief|has not checked)\b",
)
# whether a text still holds is told by its status, or by a sentence about its end, only
_ASKS_STANDING = re.compile(
    r"\b(still|currently|today|now|these days|any ?more)\b.{0,40}\b(in (force|effect)|valid|law|"
    r"appl(y|ies)|binding|stands?|exists?)\b|"
    r"\b(in (force|effect)|valid|binding)\b.{0,30}\b(still|currently|today|now|any ?more)\b|"
    r"\b(been|was|is it|got) (revoked|repealed|rescinded|withdrawn|struck down|superseded)\b",
    re.IGNORECASE,
)
_TELLS_STANDING = re.compile(
    r"\b(revok|repeal|rescind|rescission|supersed|withdr[ae]w|no longer|struck down|"
    r"(entered?|enters|remains?|comes?|came) in(to)? (force|effect)|expire)",
    re.IGNORECASE,
)


def fitness(question: str, text: str) -> float:
    """What the form of a sentence adds, for a question of this form."""
    added = 0.0
    if _ASKS_FIGURE.search(question) and _FIGURE.search(text):
        added += FIGURE_BONUS
    if _MEANING.search(text):
        added += DEFINITION_BONUS if _ASKS_MEANING.search(question) else -DEFINITION_PENALTY
    if _ASIDE.search(text):
        added -= ASIDE_PENALTY
    if asks_standing(question) and tells_standing(text):
        added += STANDING_BONUS
    return added


def asks_standing(question: str) -> bool:
    """Whether it asks if a text still holds."""
    return bool(_ASKS_STANDING.search(question))


def tells_standing(text: str) -> bool:
    """Whether a sentence tells that a text ended, or holds."""
    return bool(_TELLS_STANDING.search(text))
