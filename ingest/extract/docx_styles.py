"""The paragraph and character styles of a Word document: headings, contents lists, hidden text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})
_BODY_LEVEL = 9  # Word's outline levels count from 0; 9 means "body text"
_WHITE = frozenset({"ffffff", "fefefe", "fdfdfd", "fcfcfc"})
_SMALLEST_TYPE = 3  # half points
_DEEPEST = 20  # styles that are based on each other in a circle


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What a style says of the paragraphs or characters that wear it.

    Attributes:
        level: of a heading, 1 for the outermost; None for body text.
        numbering: (list id, depth) of an automatic number, "" where none is named.
    """

    level: int | None = None
    is_title: bool = False
    is_contents: bool = False
    hidden: bool = False
    numbering: tuple[str, str] = ("", "")


def read_styles(root: Any | None) -> Mapping[str, Style]:
    """The styles by id, with what each inherits.

    A localised Word changes the ids ("berschrift1", "Titre1"), never the names of built-in styles.
    """
    elements = {} if root is None else {e.get(f"{W}styleId"): e for e in root.iter(f"{W}style")}
    return {name: _resolve(name, elements, _DEEPEST) for name in elements}


def outline_level(properties: Any) -> int | None:
    """The heading level that paragraph properties set; 0 where they say "body text"."""
    found = properties.find(f"{W}outlineLvl")
    value = "" if found is None else found.get(VALUE, "")
    if not value.isdigit():
        return None
    return int(value) + 1 if int(value) < _BODY_LEVEL else 0


def numbering_of(properties: Any) -> tuple[str, str]:
    """The list id and depth that paragraph properties name, "" for each that they do not."""
    found = properties.find(f"{W}numPr")
    if found is None:
        return "", ""
    identity, depth = (found.find(f"{W}{name}") for name in ("numId", "ilvl"))
    return (
        "" if identity is None else identity.get(VALUE, ""),
        "" if depth is None else depth.get(VALUE, ""),
    )


def switched_on(properties: Any, name: str) -> bool | None:
    """Whether a property such as "vanish" is on or off; None where nothing is said."""
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(VALUE, "1").lower() not in _OFF


def is_unseen(properties: Any, parents: Iterable[Any]) -> bool | None:
    """Whether runs with these properties are not seen; None where they do not say.

    Args:
        properties: of a run or a style.
        parents: what encloses the run, in which a shade makes white letters visible.
    """
    vanished = [switched_on(properties, name) for name in ("vanish", "webHidden", "specVanish")]
    if any(vanished):
        return True
    size = properties.find(f"{W}sz")
    stated = "" if size is None else size.get(VALUE, "")
    if stated.isdigit() and int(stated) <= _SMALLEST_TYPE:
        return True
    colour = properties.find(f"{W}color")
    if colour is not None and colour.get(VALUE, "").lower() in _WHITE:
        return not (_is_shaded(properties) or any(_is_shaded(parent) for parent in parents))
    return False if False in vanished else None


def _is_shaded(element: Any) -> bool:
    """Whether something dark may lie behind what an element holds."""
    if element.tag == f"{W}tbl":  # its style may give it any ground
        return True
    if element.tag in {f"{W}p", f"{W}tc", f"{W}r"}:
        element = next((part for part in element if part.tag.endswith("Pr")), element)
    if element.find(f"{W}highlight") is not None:
        return True
    shade = element.find(f"{W}shd")
    fill = "auto" if shade is None else shade.get(f"{W}fill", "auto").lower()
    return fill not in {"auto", *_WHITE} or (
        shade is not None and shade.get(f"{W}themeFill") is not None
    )


def _resolve(name: str, elements: Mapping[str, Any], depth: int) -> Style:
    element = elements.get(name)
    if element is None or depth == 0:
        return Style()
    parent = element.find(f"{W}basedOn")
    style = Style() if parent is None else _resolve(parent.get(VALUE, ""), elements, depth - 1)
    # A style based on the title, such as "Subtitle", is none.
    style = replace(style, is_title=False, is_contents=False)
    named = element.find(f"{W}name")
    plain = "" if named is None else named.get(VALUE, "").lower()
    if plain.startswith("heading ") and plain[8:].isdigit():
        style = replace(style, level=int(plain[8:]))
    elif plain == "title":
        style = replace(style, is_title=True, level=1)
    elif plain.startswith("toc ") or plain == "table of figures":
        style = replace(style, is_contents=True)
    paragraph, run = (element.find(f"{W}{part}") for part in ("pPr", "rPr"))
    if paragraph is not None:
        level = outline_level(paragraph)
        if level is not None:
            style = replace(style, level=level or None)
        own, inherited = numbering_of(paragraph), style.numbering
        style = replace(style, numbering=(own[0] or inherited[0], own[1] or inherited[1]))
    hidden = None if run is None else is_unseen(run, ())
    return style if hidden is None else replace(style, hidden=hidden)
