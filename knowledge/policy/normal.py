"""Writes a message in one plain form, so that disguises of its letters change nothing."""

import re
import unicodedata
from collections.abc import Callable

LEAST_LEET = 2  # words with digits for letters, from which a digit alone is one, too
LEAST_SPACED = 8  # single letters, from which a line may be written letter by letter
SPACED_SHARE = 0.7
LONGEST = 8_000  # characters that are looked at, half from each end

# letters of other scripts that look like Latin ones
_PAIRS = (
    "аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd ԛq ԝw һh αa βb εe ιi κk νv οo ρp τt υu χx "  # noqa: RUF001
    "ɑa ɡg ɩi ıi ᴀa ʙb ᴄc ᴅd ᴇe ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz"  # noqa: RUF001
)
_LOOKALIKES = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})
_LEET = str.maketrans("013457@$!|€", "oieastasiie")
_LEET_AS_L = str.maketrans("013457@$!|€", "oleastaslle")
_LEET_SIGN = re.compile(r"[013457@$!|€]")
_SPACED = re.compile(
    r"(?<![^\W_])[^\W_](?P<gap>[ ._*/|~-])[^\W_](?![^\W_])(?:(?P=gap)[^\W_](?![^\W_])){2,}"
)
_INSIDE = re.compile(r"(?<=[^\W_])[.*_~|·•\\^](?=[^\W\d_])")
_HELD = re.compile(r"([^\W\d_])\1{2,}")
_GAP = re.compile(r"\s{2,}")
_BLANK = re.compile(r"[^\S\n]+")
_ALONE = {"1": "i", "4": "a", "2": "to"}
_ENDS = ".,;:!?\"'()[]{}<>*_~`"

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[‘’´`]", "'"),  # noqa: RUF001 - as phones type it
        (r"\b(what|how|where|who|that|there|here|it)'s\b", r"\1 is"),
        (r"\bi'm\b|\bim (?=\w+ing\b)", "i am "),
        (r"\b(i|we|you|they)'(d|ll|ve|re)\b", r"\1 would"),
        (r"\b(is|do|does|wo|ca|did|are|would|could)n'?t\b", r"\1n not"),
        (r"\bgonna\b", "going to"),
        (r"\bwanna\b", "want to"),
        (r"\bgimme\b", "give me"),
        (r"\blemme\b", "let me"),
        (r"\b(pls|plz)\b", "please"),
        (r"\bhow 2\b|\bhowto\b", "how to"),
        (r"\bfine[ -]?tun(e|ing|ed|es)\b", r"finetun\1"),
        (r"\bfein(zu|ge)?tunen?\b", "finetune"),
        (r"\bdeep[ -]fake", "deepfake"),
        (r"\bjail[ -]br(eak|oke)", r"jailbr\1"),
        (r"\bguard[ -]rail", "guardrail"),
        (r"\bface[ -]swap", "faceswap"),
        (r"\bkey[ -]log", "keylog"),
        (r"\bdata[ -]set", "dataset"),
        (r"\bback[ -]door", "backdoor"),
        (r"\bzero[ -]days?\b", "zeroday"),
        (r"\bspear[ -]phish", "phish"),
        (r"\bstep[ -](by|for)[ -]step\b|\bschritt(weise| fur schritt| fuer schritt)\b", "stepwise"),
        (r"\bget(ting)? rid of\b", "remove"),
        (r"\b(turn|switch|shut|knock)(ing|ed)?[ -](off|out)\b", "disable"),
        (r"\b(get|work|sneak|slip|go|route|getting|sneaking|working)[ -](around|past|by|through)"
         r"(?= (the|a|an|its|your|their|all|any|my|openai|discord|meta|safety|content|ai|\w+'s)\b)",
         "bypass"),
        (r"\b(tak|ripp?|tear|cut|peel|train|tun|finetun)(e|ing)? (off|away|out)\b", "remove"),
        (r"\bblow(ing)? up\b", "blowup"),
        (r"\bbeat(ing)? up\b", "beatup"),
        (r"\bbreak(ing)? into\b", "breakinto"),
        (r"\bhack(ing)? into\b", "hack"),
        (r"\bset(ting)? up\b", "setup"),
        (r"\b(of|von) (me|mir)\b", r"\1 myself"),
        (r"\bwithout (anyone|anybody|them|him|her|people|my \w+|the \w+)('s)? (ever )?(notic|know|see|realiz|find)\w*",
         "unnoticed"),
        (r"\bohne dass (es |das |er |sie |jemand |einer |niemand )+(merk|mitbekomm|bemerk|weiss|erfahr|auffall)\w*",
         "unbemerkt"),
        (r"\bwithout (his|her|their|my \w+'s|the \w+'s) (knowledge|consent|permission|knowing)\b", "unnoticed"),
        (r"\bohne (sein|ihr|dessen|deren)e? (wissen|zustimmung|einwilligung)\b", "unbemerkt"),
        (r"\b(drop|drops|dropping|lower) (its|his|her|the|their) guard\b", "bypass safeguards"),
        (r"\binfluence (operation|campaign)", "influenceoperation"),
        (r"\b(everything|alles|all) (about|uber|ueber)\b", r"\1"),
        (r"\bgo(ing|es)? about\b", "do"),
        (r"\bmade[ -]up\b", "fake"),
        (r"\breverse[ -]shell", "trojan"),
        (r"\bdo(ing)? away with\b", "kill"),
        (r"\bwip(e|ing) out\b", "wipe"),
        (r"\blaunder(ing)? (the |my |some |dirty )?(money|crypto|cash|bitcoin|funds)\b", "commit fraud"),
        (r"\bnot (be |get |being |getting )?(detect|caught|notic|flag|block|bann)", r"un\2"),
        (r"\bnicht (erkannt|entdeckt|auffall|auffliegt|erwischt|gesperrt)", r"un\1"),
    )
)


def plain(text: str, known: Callable[[str], bool]) -> str:
    """A message in lower case, with Latin letters without accents and single spaces.

    Invisible characters, look-alike letters, digits for letters, letters set apart and held down
    are undone; lines stay lines.

    Args:
        text: of any length; of a very long one the middle is left out.
        known: whether a word means something to the reader, for what is only a guess.
    """
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}\n{text[-LONGEST // 2 :]}"
    text = _letters(text)
    lines = (_SPACED.sub(lambda match: _closed(match[0]), _together(line)) for line in text.split("\n"))
    text = _BLANK.sub(" ", "\n".join(_words(line, known) for line in lines))
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    return text


def folded(word: str) -> str:
    """A word in lower case without accents, as `plain` writes it."""
    return _letters(word)


def _letters(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = [
        sign
        for sign in decomposed
        if sign in "\n\t" or unicodedata.category(sign) not in {"Mn", "Me", "Cf", "Cc", "Co", "Cs"}
    ]
    return "".join(kept).translate(_LOOKALIKES).casefold()


def _together(line: str) -> str:
    """A line that was written letter by letter, with wider gaps between its words, as words."""
    signs = line.split()
    single = sum(len(sign) == 1 for sign in signs)
    if single < LEAST_SPACED or single < SPACED_SHARE * len(signs):
        return line
    return " ".join(_closed(part) for part in _GAP.split(line.strip()))


def _closed(spaced: str) -> str:
    """Letters that were set apart as one word."""
    return "".join(sign for sign in spaced if sign.isalnum())


def _words(line: str, known: Callable[[str], bool]) -> str:
    written = line.split()
    read = [_undisguised(word, known) for word in written]
    leet = sum(bool(_LEET_SIGN.search(one)) and one != two for one, two in zip(written, read, strict=True))
    if leet >= LEAST_LEET:
        read = [_ALONE.get(word, word) for word in read]
    return " ".join(read)


def _undisguised(word: str, known: Callable[[str], bool]) -> str:
    bare = word.strip(_ENDS)
    if not bare or known(bare):
        return word
    for form in _guesses(bare):
        if form != bare and known(form):
            return word.replace(bare, form, 1)
    return word


def _guesses(bare: str) -> list[str]:
    """What a word may be meant to be, other than what it is."""
    guesses: list[str] = []
    lettered = any(map(str.isalpha, bare))
    if lettered and _LEET_SIGN.search(bare):
        guesses += [bare.translate(_LEET), bare.translate(_LEET_AS_L)]
    if _INSIDE.search(bare):
        guesses.append(_INSIDE.sub("", bare))
    if "-" in bare:
        guesses.append(bare.replace("-", ""))
    guesses += [
        _HELD.sub(times, form) for form in [bare, *guesses] for times in (r"\1", r"\1\1")
        if _HELD.search(form)
    ]
    return guesses
