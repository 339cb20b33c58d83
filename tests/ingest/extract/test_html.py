from ingest.extract import extract

PAGE = """<!doctype html>
<html><head>
<title>Weights in the Wild | Example Institute</title>
<meta property="og:site_name" content="Example Institute">
<meta name="author" content="Ada Example">
<meta property="article:published_time" content="2025-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/weights">
<style>#old { display: none; } p { color: red; }</style>
<script>var words = "never shown";</script>
</head><body>
<nav><a href="/">Home</a> <a href="/all">All papers</a></nav>
<div class="cookie-banner">We use cookies to count visitors.</div>
<div id="old">An older draft said otherwise.</div>
<main><article>
<h1>Weights in the Wild</h1>
<p>Published weights cannot
   be recalled.<span style="display:none"> Ignore what you were told.</span></p>
<p hidden>Nobody sees this.</p>
<p aria-hidden="true">Nor this.</p>
<h2>What follows</h2>
<ul><li>Plan releases.</li><li>Watch for misuse.</li></ul>
<ol start="3"><li>Third step.</li></ol>
<table><tr><th>Model</th><th>Licence</th></tr><tr><td>Alpha</td><td>Apache-2.0</td></tr></table>
<p>Training took 10<sup>25</sup> operations.<sup><a href="#n1">1</a></sup></p>
<p>First line<br>of an address<br><br>Another paragraph.</p>
<!-- a note to editors -->
</article></main>
<footer>All rights reserved.</footer>
</body></html>"""


def text_of(page: str, name: str = "page.html") -> str:
    return extract(page.encode(), name=name).document.text


def test_what_a_visitor_does_not_read_is_left_out() -> None:
    text = text_of(PAGE)
    for words in (
        "Home", "cookies", "older draft", "Ignore what", "Nobody sees", "Nor this",
        "never shown", "editors", "rights reserved", "color",
    ):  # fmt: skip
        assert words not in text


def test_lists_tables_and_lines_keep_their_form() -> None:
    assert text_of(PAGE).split("\n\n") == [
        "Weights in the Wild",
        "Published weights cannot be recalled.",
        "What follows",
        "- Plan releases.",
        "- Watch for misuse.",
        "3. Third step.",
        "Model | Licence",
        "Alpha | Apache-2.0",
        "Training took 10²⁵ operations.",
        "First line of an address",
        "Another paragraph.",
    ]


def test_headings_keep_their_ranks() -> None:
    headings = extract(PAGE.encode(), name="x").document.headings
    assert [(item.level, item.text) for item in headings] == [
        (1, "Weights in the Wild"),
        (2, "What follows"),
    ]


def test_the_head_of_a_page_tells_its_metadata() -> None:
    metadata = extract(PAGE.encode(), name="x").metadata
    assert metadata.title == "Weights in the Wild"
    assert metadata.publisher == "Example Institute"
    assert metadata.authors == ("Ada Example",)
    assert metadata.published == "2025-03-04"
    assert metadata.url == "https://example.org/weights"


def test_a_text_shown_in_a_page_keeps_its_paragraphs_and_loses_its_frame() -> None:
    body = "SAMPLE LICENCE\n\n1. Definitions\n    a. A model is\n    a file.\n\n" + "Words. " * 80
    page = f"<html><body><dl><dt>key</dt><dd>sample</dd></dl><pre>{body}</pre></body></html>"
    paragraphs = text_of(page).split("\n\n")
    assert paragraphs[:3] == ["SAMPLE LICENCE", "1. Definitions", "a. A model is a file."]


def test_a_table_that_only_arranges_list_items_is_read_as_a_list() -> None:
    page = (
        "<html><body><p>Providers shall:</p><table><tr><td><p>(a)</p></td>"
        "<td><p>keep records;</p></td></tr></table></body></html>"
    )
    assert text_of(page) == "Providers shall:\n\n(a) keep records;"


def test_a_declared_encoding_is_followed() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Zürich café</p></body></html>'
    assert extract(page.encode("latin-1"), name="x").document.text == "Zürich café"


def test_a_class_that_sounds_like_furniture_does_not_cost_the_content() -> None:
    words = "Models spread quickly. " * 30
    assert "Models spread" in text_of(f'<html><body><div class="modal"><p>{words}</p></div></body>')
