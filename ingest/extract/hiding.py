"""Tells by its style and attributes whether an element of a page is hidden from readers."""

import re
from collections.abc import Iterator, Mapping

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = re.compile(r"(?<![^{}])([^{}]*)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@(?P<name>[\w-]+)[^{};@]*\{")
_SIMPLE = re.compile(r"(?P<tag>[a-z][\w-]*)?(?P<rest>(?:[.#][\w-]+)*)\Z", re.IGNORECASE)
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|ch|cm|mm|in|vw|vh|%)?\s*\Z")
_PIXELS = {"pt": 1.33, "em": 16, "rem": 16, "ex": 8, "ch": 8, "cm": 38, "mm": 3.8, "in": 96}
_FAR = 999.0  # pixels, from which a place lies outside of every screen
_SMALLEST_TYPE = 2.0  # pixels
_CLIPPED = re.compile(r"rect\(\s*0|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0 0\s*\)")
_MOVED = re.compile(r"translate\w{0,2}\([^)]*-(?:\d{4,}|\d{3,}%)|scale\w?\(\s*0*\.?0*\s*[,)]")
_HEX = re.compile(r"#([0-9a-f]{3,8})\Z")
_FUNCTION = re.compile(r"(?:rgb|hsl)a?\(([^)]*)\)")
_NAMED = {
    "white": (255, 255, 255, 1.0),
    "snow": (255, 250, 250, 1.0),
    "ivory": (255, 255, 240, 1.0),
    "whitesmoke": (245, 245, 245, 1.0),
    "ghostwhite": (248, 248, 255, 1.0),
    "black": (0, 0, 0, 1.0),
    "transparent": (0, 0, 0, 0.0),
}
_MOST_APART = 16  # of 255, in each part of a colour, that nobody sees as a difference
_FAINT = 0.05
_NO_GROUND = ("none", "transparent", "inherit", "initial", "unset")

Colour = tuple[int, int, int, float]
Style = Mapping[str, str]
WHITE: Colour = (255, 255, 255, 1.0)
BLACK: Colour = (0, 0, 0, 1.0)


class Rules:
    """The rules of a page's own style sheets that name elements by tag, class or id alone."""

    def __init__(self, sheets: str) -> None:
        self._rules: dict[str, list[tuple[frozenset[str], dict[str, str]]]] = {}
        for selectors, body in _RULE.findall(_screen_only(_COMMENT.sub("", sheets))):
            said = declarations(body)
            for selector in selectors.split(",") if said else ():
                match = _SIMPLE.match(selector.strip())
                if match and (match["tag"] or match["rest"]):
                    parts = frozenset(re.findall(r"[.#][\w-]+", match["rest"]))
                    self._rules.setdefault((match["tag"] or "*").lower(), []).append((parts, said))

    def style_of(self, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """What the rules and the element's own attributes say, the last word last."""
        style: dict[str, str] = {}
        named = frozenset(_selectors(attributes))
        for key in ("*", tag):
            for parts, said in self._rules.get(key, ()):
                if parts <= named:
                    style |= said
        if attributes.get("bgcolor"):
            style["background-color"] = attributes["bgcolor"].lower()
        if tag == "font" and attributes.get("color"):
            style["color"] = attributes["color"].lower()
        return style | declarations(attributes.get("style", ""))


def declarations(text: str) -> dict[str, str]:
    """The properties that a style sets, in lower case."""
    parts = (part.partition(":") for part in _COMMENT.sub("", text).split(";"))
    return {
        name.strip().lower(): value.lower().replace("!important", "").strip()
        for name, colon, value in parts
        if colon
    }


def is_hidden(attributes: Mapping[str, str], style: Style) -> bool:
    """Whether an element and all that it holds is not seen, whatever its colours."""
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if "0" in (attributes.get("width"), attributes.get("height")):
        return True
    said = style.get
    return (
        said("display") == "none"
        or said("visibility") in ("hidden", "collapse")
        or said("content-visibility") == "hidden"
        or _number(said("opacity", "1")) <= _FAINT
        or _is_tiny(style)
        or _is_away(style)
        or bool(_CLIPPED.search(said("clip", "") + said("clip-path", "")))
        or bool(_MOVED.search(said("transform", "") + said("translate", "")))
    )


def background(style: Style, behind: Colour | None) -> Colour | None:
    """The colour of the ground that an element stands on; None for a picture or an unknown one.

    Args:
        style: of the element.
        behind: the ground of what encloses it.
    """
    names = ("background-image", "background", "background-color")
    for stated in (style.get(name, "") for name in names):
        if stated and stated not in _NO_GROUND:
            return colour(stated)
    return behind


def foreground(style: Style, around: Colour | None) -> Colour | None:
    """The colour of an element's text, which is that of what encloses it unless it says so."""
    stated = style.get("color", "inherit")
    return around if stated in ("inherit", "currentcolor", "unset") else colour(stated)


def is_same(text: Colour | None, ground: Colour | None) -> bool:
    """Whether text cannot be told from its ground; where a colour is unknown it can."""
    if text is None:
        return False
    if text[3] <= _FAINT or ground is None:
        return text[3] <= _FAINT
    parts = zip(text[:3], ground[:3], strict=True)
    return all(abs(mine - theirs) <= _MOST_APART for mine, theirs in parts)


def colour(text: str) -> Colour | None:
    """The colour that a value names; None for one that is not understood."""
    value = text.strip()
    if value in _NAMED:
        return _NAMED[value]
    if match := _HEX.match(value):
        digits = match[1] if len(match[1]) > 4 else "".join(d * 2 for d in match[1])  # noqa: PLR2004
        if len(digits) not in (6, 8):
            return None
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
        return red, green, blue, int(digits[6:] or "ff", 16) / 255
    match = _FUNCTION.match(value)
    if match is None or value.startswith("hsl"):
        return None
    parts = re.findall(r"[\d.]+%?", match[1])
    if len(parts) not in (3, 4):
        return None
    shares = [_number(p[:-1]) * 2.55 if p.endswith("%") else _number(p) for p in parts[:3]]
    alpha = parts[3] if len(parts) == 4 else "1"  # noqa: PLR2004
    opaque = _number(alpha[:-1]) / 100 if alpha.endswith("%") else _number(alpha)
    return round(shares[0]), round(shares[1]), round(shares[2]), opaque


def _is_tiny(style: Style) -> bool:
    size = _pixels(style.get("font-size"))
    if size is not None and abs(size) < _SMALLEST_TYPE:
        return True
    sides = [_pixels(style.get(name)) for name in ("width", "max-width", "height", "max-height")]
    if any(side == 0 for side in sides):
        return True
    clipped = style.get("overflow", "visible") in ("hidden", "clip")
    return clipped and any(side is not None and side <= _SMALLEST_TYPE for side in sides)


def _is_away(style: Style) -> bool:
    indent = _pixels(style.get("text-indent"))
    if indent is not None and indent < -99:  # noqa: PLR2004 - no paragraph hangs that far
        return True
    placed = style.get("position") in ("absolute", "fixed", "relative")
    sides = ("left", "top", "right", "bottom") if placed else ()
    margins = ("margin-left", "margin-top")
    return any(
        place is not None and place <= -_FAR
        for place in (_pixels(style.get(name)) for name in (*sides, *margins))
    )


def _selectors(attributes: Mapping[str, str]) -> Iterator[str]:
    yield "#" + attributes.get("id", "")
    for name in attributes.get("class", "").split():
        yield "." + name


def _screen_only(sheet: str) -> str:
    """A style sheet without the rules for print, and with those for screens taken out of theirs."""
    found, end = [], 0
    for match in _AT_RULE.finditer(sheet):
        if match.start() < end:
            continue
        found.append(sheet[end : match.start()])
        depth, place = 1, match.end()
        while depth and place < len(sheet):
            depth += {"{": 1, "}": -1}.get(sheet[place], 0)
            place += 1
        # rules for some screens only say nothing of what most readers see
        if match["name"] in ("supports", "layer"):
            found.append(sheet[match.end() : place - 1])
        end = place
    return "".join([*found, sheet[end:]])


def _pixels(value: str | None) -> float | None:
    match = _LENGTH.match(value.strip()) if value else None
    if match is None:
        return None
    return float(match[1]) * _PIXELS.get(match[2] or "", 1)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0
