"""Pages as the web has them, each with a quote whose words stand elsewhere too, or are broken up.

The element `here` holds the quote. What is written around it is tall, so that a page that did not
move, or moved to other words, shows.
"""

# ruff: noqa: RUF001 - pages hold letters of other scripts

from dataclasses import dataclass

from tests.links.browser import TARGET_STYLE

_FILLER = "".join(
    f"<p>Number {number} of the lines that only make the page taller.</p>" for number in range(60)
)
_HEAD = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notes</title>'
    f"{TARGET_STYLE}</head><body><main><h1>Notes on models</h1>"
)
_OPENING = "Where a provider finds that a model presents a risk at national level, it shall"
_SAME = "Copies of the weights cannot be called back."
_HEADING = "Scope & purpose: open-weight models"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page and what is quoted from it.

    Attributes:
        quotes: beginning and end of the quote in the extracted text; the last such place counts.
        name: the page's file name.
        media_type: as it is served.
        served: what the browser gets when that is not what was read.
    """

    body: str
    quotes: tuple[str, str]
    name: str = "page.html"
    media_type: str = "text/html"
    served: str | None = None

    @property
    def shown(self) -> bytes:
        """The bytes that a browser gets."""
        return (self.body if self.served is None else self.served).encode()


def _page(*parts: str) -> str:
    return f"{_HEAD}{_FILLER.join(('', *parts, ''))}</main></body></html>"


def _place(*parts: str, quotes: tuple[str, str]) -> Place:
    return Place(body=_page(*parts), quotes=quotes)


_MARKDOWN = "\n\n".join(
    (
        "# Notes on models",
        *(f"Number {number} of the lines that only make it taller." for number in range(60)),
        f"## {_HEADING}",
        "This rule covers **every copy** of the weights, wherever they are kept.",
        *(f"Line {number} of the lines that only make it taller." for number in range(60)),
    )
)
_RENDERED = f'<h2 id="scope--purpose-open-weight-models">{_HEADING.replace("&", "&amp;")}</h2>'

PLACES = {
    "plain words": _place(
        '<p id="here">Safeguards of an open model can be removed by anyone who holds it.</p>',
        quotes=("Safeguards", "holds it."),
    ),
    "tags inside words and sentences": _place(
        '<p id="here">The <b>devel</b>oper of an <a href="#x">open-<i>weight</i> model</a> keeps '
        "<code>no</code> control over <em>further</em> use of it.</p>",
        quotes=("The developer", "use of it."),
    ),
    "entities, commas, dashes and ampersands": _place(
        '<p id="here">R&amp;D, testing &amp; audits &mdash; as Article&nbsp;3(1), point &lt;b&gt;, '
        "says &ndash; are free-of-charge, non-exclusive, &amp; 50% open.</p>",
        quotes=("R&D, testing", "50% open."),
    ),
    "spaces that do not break": _place(
        '<p id="here">From 2&nbsp;August&nbsp;2025 a fine of 15&#8239;000&nbsp;000&nbsp;EUR may be '
        "imposed.</p>",
        quotes=("From 2 August", "imposed."),
    ),
    "lines that the source breaks": _place(
        '<p id="here">\n    Model weights\n    that were released\n\tcannot be\n   recalled.\n</p>',
        quotes=("Model weights", "recalled."),
    ),
    "a nested list": _place(
        "<ul><li>Outer item of the list<ul><li>Another inner item</li>"
        '<li id="here">Inner items may name the conditions of release.</li></ul></li></ul>',
        quotes=("Inner items", "of release."),
    ),
    "two paragraphs": _place(
        '<div id="here"><p>The licence ends with a breach.</p>'
        "<p>All copies must then be deleted by the licensee.</p></div>",
        quotes=("The licence ends", "the licensee."),
    ),
    "two items of a list": _place(
        '<ul id="here"><li>Weights are published in full.</li>'
        "<li>Training data are described in part only.</li></ul>",
        quotes=("- Weights are", "part only."),
    ),
    "items of a numbered list": _place(
        "<ol><li>An item before it.</li>"
        '<li id="here">The deployer shall inform the users of it.</li></ol>',
        quotes=("2. The deployer", "users of it."),
    ),
    "an opening that occurs twice before": _place(
        f"<h2>Importers</h2><p>{_OPENING} inform the importers at once.</p>",
        f"<h2>Distributors</h2><p>{_OPENING} notify the distributors of it.</p>",
        f'<h2>Withdrawal</h2><p id="here">{_OPENING} withdraw the model from the market.</p>',
        quotes=(_OPENING, "from the market."),
    ),
    "a sentence that occurs twice before": _place(
        f"<p>Some say so. {_SAME} Others agree.</p>",
        f"<p>The report repeats it. {_SAME}</p>",
        f'<p>This is what the court held in March: <span id="here">{_SAME}</span> It said so.</p>',
        quotes=(_SAME, "called back."),
    ),
    "a paragraph that occurs twice before": _place(
        f"<h2>First part</h2><p>{_SAME}</p>",
        f"<h2>Second part</h2><p>{_SAME}</p>",
        f'<h2>What the court held</h2><p id="here">{_SAME}</p>',
        quotes=(_SAME, "called back."),
    ),
    "a few words that occur before": _place(
        "<p>It was revoked in part, and it was revoked in whole.</p>",
        '<p>The order was of 2023. <span id="here">It was revoked.</span></p>',
        quotes=("It was revoked.", "It was revoked."),
    ),
    "curly quotes": _place(
        '<p id="here">“Open weights” aren’t “open source”, the developer’s letter said.</p>',
        quotes=("“Open weights”", "letter said."),
    ),
    "letters beyond ASCII": _place(
        '<p id="here">Größere Modelle – naïve façades – überprüft die Behörde in Łódź im Mai.</p>',
        quotes=("Größere", "im Mai."),
    ),
    "letters typed as two": _place(
        '<p id="here">The cafe\u0301\u2019s re\u0301sume\u0301 names of\ufb01ce models only.</p>',
        quotes=("The caf", "models only."),
    ),
    "Cyrillic": _place(
        '<p id="here">Веса открытой модели нельзя отозвать после публикации в сети.</p>',
        quotes=("Веса", "в сети."),
    ),
    "Chinese": _place(
        '<p id="here">用户应当遵守法律。开放权重模型的风险，由发布者评估。</p>',
        quotes=("用户", "评估。"),
    ),
    "compounds at the joints": _place(
        '<p id="here">state-of-the-art general-purpose dual-use open-weight models-as-a-service '
        "are high-risk, so-called non-exclusive, follow-up, real-time, re-identified.</p>",
        quotes=("state-of", "re-identified."),
    ),
    "cells of a table": _place(
        "<table><tr><th>Model</th><th>Rule</th></tr><tr><td>Any</td><td>No rule</td></tr>"
        '<tr id="here"><td>Very large model</td><td>Report within two weeks</td><td>Yes</td></tr>'
        "</table>",
        quotes=("Very large", "| Yes"),
    ),
    "a label in a cell of its own": _place(
        "<table><tr><td>(a)</td><td>systems intended to be used for the selection of pupils;</td>"
        "</tr></table>",
        '<table id="here"><tr><td>(a)</td><td>systems intended to be used for the selection of '
        "workers;</td></tr></table>",
        quotes=("(a) systems", "workers;"),
    ),
    "a label in the sentence": _place(
        '<p id="here">(a) the provider has published its weights and its architecture;</p>',
        quotes=("(a) the provider", "architecture;"),
    ),
    "a typed number": _place(
        "<p>4.   The Commission shall adopt delegated acts on fees.</p>",
        '<p id="here">5.   The Commission shall adopt delegated acts on thresholds.</p>',
        quotes=("5. The Commission", "on thresholds."),
    ),
    "a section that is folded": _place(
        '<details id="here"><summary>More on it</summary>'
        "<p>The answer lies where nobody looks before it is opened.</p></details>",
        quotes=("The answer lies", "it is opened."),
    ),
    "marks of notes": _place(
        '<p id="here">Open models,<sup><a href="#n1">1</a></sup> once they are copied,'
        '<sup><a href="#n2">2</a></sup> can be changed by anyone at very little cost.'
        '<sup><a href="#n3">3</a></sup></p>',
        quotes=("Open models,", "little cost."),
    ),
    "the mark of a note before it": _place(
        '<p id="here">Prices fell.<sup><a href="#n1">1</a></sup> Fine-tuning a model now costs '
        "less than a dinner for two.</p>",
        quotes=("Fine-tuning", "for two."),
    ),
    "a forced line end": _place(
        '<p id="here">You may not use the model<br>to harm a person or<br>to break the law of '
        "any country.</p>",
        quotes=("You may not", "any country."),
    ),
    "a picture in the sentence": _place(
        '<p id="here">The mark <img alt="" src="data:," width="9" height="9"> means that the '
        "weights are open to all.</p>",
        quotes=("The mark", "open to all."),
    ),
    "soft hyphens": _place(
        '<p id="here">Trans&shy;parency obli&shy;gations bind pro&shy;viders of mod&shy;els.</p>',
        quotes=("Transparency", "of models."),
    ),
    "a raised power": _place(
        '<p id="here">A model trained with more than 10<sup>25</sup> operations has systemic '
        "risk.</p>",
        quotes=("A model trained", "systemic risk."),
    ),
    "a mark of a note in brackets": _place(
        '<p id="here">Hosting fell in price.<sup><a href="#n1">[1]</a></sup> Anyone can now change '
        'a model,<sup><a href="#n2">[2]</a></sup> as surveys of 2024 show.</p>',
        quotes=("Anyone can now", "2024 show."),
    ),
    "a heading with a link of its own": _place(
        '<h2>Scope <a href="#scope" aria-label="link">¶</a></h2>'
        '<p id="here">This part covers every copy of a model.</p>',
        quotes=("This part", "of a model."),
    ),
    "capitals of a style sheet": _place(
        '<p id="here" style="text-transform: uppercase">No model may be sold without a label '
        "on it.</p>",
        quotes=("No model", "on it."),
    ),
    "a label drawn as a badge": _place(
        '<p id="here">The status <span style="display: inline-block">in force</span> means that '
        "the act binds everyone named in it.</p>",
        quotes=("The status", "named in it."),
    ),
    "a long paragraph": _place(
        '<p id="here">' + " ".join(f"Clause {n} binds the parties." for n in range(30)) + "</p>",
        quotes=("Clause 2 binds", "Clause 6 binds the parties."),
    ),
    "Markdown, rendered with its words": Place(
        body=_MARKDOWN,
        quotes=("This rule", "are kept."),
        name="notes.md",
        served=_page(
            _RENDERED,
            '<p id="here">This rule covers <strong>every copy</strong> of the weights, wherever '
            "they are kept.</p>",
        ),
    ),
    "Markdown, as the file itself": Place(
        body=_MARKDOWN,
        quotes=("This rule", "are kept."),
        name="raw.md",
        media_type="text/plain",
    ),
}
# rendered when the browser has already looked for the words, as some sites do
LATE_MARKDOWN = Place(
    body=_MARKDOWN,
    quotes=("This rule", "are kept."),
    name="late.md",
    served=_page(f'{_RENDERED}<p id="here">Loading</p>'),
)
