"""Takes out of a page what nobody came to read: navigation, banners, forms, hidden text."""

import re
from typing import Any

from ingest.extract.characters import one_line
from ingest.extract.hiding import (
    BLACK,
    WHITE,
    Colour,
    Rules,
    background,
    foreground,
    is_hidden,
    is_same,
)

_NEVER_TEXT = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "canvas",
    "audio",
    "video",
    "map",
    "button",
    "input",
    "select",
    "textarea",
    "option",
    "dialog",
    "link",
    "meta",
    "head",
]
_FURNITURE = frozenset({"nav", "footer", "aside", "menu"})
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "complementary",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
        "tablist",
        "alert",
        "status",
    ]
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|skip(?:-?(?:link|nav|to))?|nav(?:bar|igation)?"
    r"|(?:main|site|side|top)-?(?:nav|menu)|sidebar|share|sharing|social|newsletter|subscribe"
    r"|related|comments?|advert(?:isement)?s?|ads?|promo|popup|modal|paywall|sr-only"
    r"|visually-?hidden|screen-?reader(?:-text)?|usa-banner|site-(?:header|footer)|noprint)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# What holds most of a page's words is its content, whatever it is called.
_MOST = 0.5
_NEARLY_ALL = 0.9
_FEWEST_LEFT = 200  # characters that are seen
_MAIN_SHARE = 0.4
_VERBATIM_SHARE = 0.75
_LINK_SHARE = 0.8
_FEWEST_LINKS = 3
_LINK_WORDS = 6


def prune(body: Any) -> tuple[Any, tuple[str, ...]]:
    """`body` without furniture and hidden elements, and the texts that were hidden.

    The tail text of each element stays.
    """
    rules = Rules(" ".join(style.text or "" for style in body.getroottree().iter("style")))
    for element in list(body.iter(*_NEVER_TEXT)):
        _drop(element)
    hidden = _take_out_hidden(body, rules)
    total = _length(body)
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if _is_furniture(element) and _length(element) < total * _MOST:
            _drop(element)
    for element in list(body.iter("ul", "ol", "div", "p", "td", "section")):
        if _is_link_list(element) and _length(element) < total * _MOST:
            _drop(element)
    return body, hidden


def main_element(body: Any) -> Any:
    """The element that holds the page's own text, or `body` where none stands out."""
    total = _length(body) or 1
    for element in body.iter("pre"):
        # A text file shown in a page: what surrounds it describes it.
        if _length(element) >= total * _VERBATIM_SHARE:
            return element
    marked = [*body.iter("main"), *body.xpath('.//*[@role="main"]')]
    articles = list(body.iter("article"))
    for element in marked + (articles if len(articles) == 1 else []):
        if _length(element) >= total * _MAIN_SHARE:
            return element
    return body


def _length(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _take_out_hidden(body: Any, rules: Rules) -> tuple[str, ...]:
    """Drops what is not seen.

    What is nearly the whole page stays: a program would show it once the page is open.
    """
    total = _length(body)
    least = min(_FEWEST_LEFT, total * (1 - _NEARLY_ALL))
    seen: dict[Any, tuple[Colour | None, Colour | None]] = {}
    hidden: list[str] = []
    ancestors = [each for each in body.iterancestors() if isinstance(each.tag, str)]
    for element in [*reversed(ancestors), *body.iter()]:
        if not isinstance(element.tag, str):
            continue
        style = rules.style_of(element.tag, element.attrib)
        text, ground = seen.get(element.getparent(), (BLACK, WHITE))
        text, ground = foreground(style, text), background(style, ground)
        seen[element] = text, ground
        if element in ancestors or element is body:
            continue
        if element.getparent() is None or element.getparent() not in seen:
            continue  # inside of what was dropped
        if is_hidden(element.attrib, style):
            if total - _length(element) >= least:
                hidden.append(one_line(element.text_content()))
                del seen[element]
                _drop(element)
        elif is_same(text, ground):
            hidden.append(_take_out_own(element))
    return tuple(text for text in hidden if text)


def _take_out_own(element: Any) -> str:
    """Empties an element of the text that stands directly in it."""
    found = [element.text or ""]
    element.text = None
    for child in element:
        found.append(child.tail or "")
        child.tail = " " if child.tail else None
    return one_line(" ".join(found))


def _is_furniture(element: Any) -> bool:
    if element.tag in _FURNITURE or element.get("role", "").lower() in _ROLES:
        return True
    if element.tag == "header":
        return next(element.iter("h1"), None) is None or next(element.iter("nav"), None) is not None
    if element.tag in {
        "body",
        "main",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "tr",
        "td",
    }:
        return False
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return names != " " and _NAMES.search(names) is not None


def _is_link_list(element: Any) -> bool:
    """Whether an element is a row of short links, as menus and tag lists are."""
    links = [one_line(link.text_content()) for link in element.iter("a")]
    links = [link for link in links if link]
    if len(links) < _FEWEST_LINKS:
        return False
    words = sum(len(link.split()) for link in links)
    linked = sum(len(link.replace(" ", "")) for link in links)
    text = re.sub(r"\W", "", element.text_content())
    return words <= len(links) * _LINK_WORDS and linked >= max(1, len(text)) * _LINK_SHARE
