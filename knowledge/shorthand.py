"""Spells out the shorthand of chats, which neither word search nor the embedding model reads."""

import re

# general shorthand only: what an abbreviation of the subject stands for is the library's to say
_MEANINGS = {
    "abt": "about",
    "aint": "is not",
    "any1": "anyone",
    "arent": "are not",
    "b4": "before",
    "bc": "because",
    "cant": "cannot",
    "coz": "because",
    "couldnt": "could not",
    "cuz": "because",
    "didnt": "did not",
    "doesnt": "does not",
    "dont": "do not",
    "dunno": "do not know",
    "every1": "everyone",
    "gimme": "give me",
    "gonna": "going to",
    "gotta": "have to",
    "govt": "government",
    "hadnt": "had not",
    "hasnt": "has not",
    "havent": "have not",
    "idk": "I do not know",
    "im": "I am",
    "isnt": "is not",
    "ive": "I have",
    "kinda": "somewhat",
    "lemme": "let me",
    "n": "and",
    "no1": "no one",
    "outta": "out of",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "r": "are",
    "rn": "right now",
    "shouldnt": "should not",
    "smth": "something",
    "some1": "someone",
    "sth": "something",
    "sum1": "someone",
    "thats": "that is",
    "theres": "there is",
    "theyre": "they are",
    "thru": "through",
    "tryna": "trying to",
    "u": "you",
    "ur": "your",
    "w": "with",
    "wanna": "want to",
    "wasnt": "was not",
    "werent": "were not",
    "whats": "what is",
    "whos": "who is",
    "wont": "will not",
    "wouldnt": "would not",
    "y": "why",
    "youre": "you are",
}
# what says how something is meant, and nothing of what
_FILLERS = frozenset(
    """
    btw fr haha hahaha hehe hmm imho imo lmao lmfao lol ngl omg rofl smh tbh thx uh um wtf yo
    """.split()  # noqa: SIM905 - a list of that many strings reads worse
)
_WORD = re.compile(r"(?<![\w.@/\\’'&-])[A-Za-z]+\d?(?![\w@/\\’'&-]|\.\w)")  # noqa: RUF001


def spelled_out(text: str) -> str:
    """The text with chat shorthand in full words and without its fillers.

    A single letter counts as shorthand only in lower case: "R" is a language and "U" may be a
    name. The very text comes back when it has none, or nothing else.
    """
    kept, end = [], 0
    for match in _WORD.finditer(text):
        word = match.group()
        if word in _FILLERS or (word.lower() in _FILLERS and len(word) > 1):
            kept.append(text[end : match.start()])
            end = match.end()
        elif (meaning := _MEANINGS.get(word if len(word) == 1 else word.lower())) is not None:
            kept += [text[end : match.start()], meaning]
            end = match.end()
    full = " ".join("".join([*kept, text[end:]]).split())
    return full if re.search(r"\w", full) else text
