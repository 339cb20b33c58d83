"""Takes out of a page what nobody came to read: navigation, banners, forms, hidden text."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.extract.characters import one_line

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
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
    r"|(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*0(?![.\d])|text-indent\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_HIDDEN_RULE = re.compile(
    r"(?:^|\})\s*([#.][\w-]+)\s*\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)",
    re.IGNORECASE,
)
# What holds most of a page's words is its content, whatever it is called.
_MOST = 0.5
_MAIN_SHARE = 0.4
_VERBATIM_SHARE = 0.75
_LINK_SHARE = 0.8
_FEWEST_LINKS = 3
_LINK_WORDS = 6


def prune(body: Any) -> Any:
    """`body` without furniture and hidden elements; the tail text of each stays."""
    selectors = _hidden_selectors(body.getroottree())
    for element in list(body.iter(*_NEVER_TEXT)):
        _drop(element)
    total = _length(body)
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        hidden = _is_hidden(element, selectors)
        if (hidden or _is_furniture(element)) and _length(element) < total * _MOST:
            _drop(element)
    for element in list(body.iter("ul", "ol", "div", "p", "td", "section")):
        if _is_link_list(element) and _length(element) < total * _MOST:
            _drop(element)
    return body


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


def _hidden_selectors(tree: Any) -> frozenset[str]:
    styles = " ".join(style.text or "" for style in tree.iter("style"))
    return frozenset(match[1] for match in _HIDDEN_RULE.finditer(styles))


def _is_hidden(element: Any, selectors: frozenset[str]) -> bool:
    attributes = element.attrib
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return True
    if _HIDING.search(attributes.get("style", "")):
        return True
    if attributes.get("width") == "0" or attributes.get("height") == "0":
        return True
    return bool(selectors) and any(name in selectors for name in _selectors(element))


def _selectors(element: Any) -> Iterator[str]:
    yield "#" + element.get("id", "")
    for name in element.get("class", "").split():
        yield "." + name


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
