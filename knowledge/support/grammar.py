"""The small words of English, by what they do in a sentence."""

BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being"])
AUXILIARIES = BE | frozenset(
    """
    has have had having do does did will would shall should must may might can could cannot ought
    """.split()  # noqa: SIM905 - a list reads worse
)
DETERMINERS = frozenset(
    """
    a an the this these those its their his her our your my what every each any all some no both
    either neither another other such many most few several certain
    """.split()  # noqa: SIM905 - a list reads worse
)
PREPOSITIONS = frozenset(
    """
    of in for with by from on at under over against between about into within without through
    during after before until since than as among across per via below above towards toward upon
    """.split()  # noqa: SIM905 - a list reads worse
)
RELATIVE = frozenset(["who", "which", "that", "whose", "whom"])
OWN = frozenset(["we", "i"])
PRONOUNS = frozenset(["it", "they", "he", "she", "you"])
JOINING = frozenset(["and", "or", "but", "nor"])
CONDITIONS = frozenset(
    """
    if unless except excepting provided only until where when whose excluding whenever
    """.split()  # noqa: SIM905 - a list reads worse
)
NONE = frozenset(["no", "none", "never", "nobody", "nothing"])
WHOLE = NONE | frozenset(
    ["all", "every", "each", "any", "both", "always", "whatsoever", "everyone", "anyone"]
)
PARTS = frozenset(
    """
    most some many several few certain majority half third quarter percent mostly mainly often
    usually generally typically partly average
    """.split()  # noqa: SIM905 - a list reads worse
)
# stand between the words of a verb: "has not yet been"
ADVERBS = frozenset(
    """
    not n't never also only still already often usually generally therefore now then always likely
    probably just merely nonetheless further thus both even rather
    """.split()  # noqa: SIM905 - a list reads worse
)
# join a verb to another: "is unable to find"
TOWARDS = frozenset(
    """
    able unable likely unlikely free ready due bound willing meant about set going
    """.split()  # noqa: SIM905 - a list reads worse
)
