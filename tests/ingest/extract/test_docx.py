from ingest.extract import Extracted, extract
from tests.ingest.extract.packed import W, docx, paragraph, zipped

STYLES = (
    '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Eigen"><w:basedOn w:val="berschrift1"/><w:name w:val="Mine"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Inhalt"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:styleId="Geheim"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Kreis"><w:basedOn w:val="Kreis"/><w:name w:val="Circle"/></w:style>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
    '</w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/>'
    '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%3"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
)


def read(body: str, **parts: str) -> Extracted:
    return extract(docx(body, **parts), name="x.docx")


def paragraphs(body: str, **parts: str) -> list[str]:
    return read(body, **parts).document.text.split("\n\n")


def item(text: str, number: int, depth: int = 0) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=listed)


def test_headings_are_told_by_style_name_and_outline_level_in_any_language() -> None:
    body = (
        paragraph("Weights Act", "Titel")
        + paragraph("Inhalt 3", "Inhalt")
        + paragraph("Geltung", "berschrift1")
        + paragraph("Im Einzelnen", "Eigen")
        + paragraph("Mehr dazu", properties='<w:outlineLvl w:val="2"/>')
        + paragraph("Text.", "Kreis")
    )
    document = read(body, styles=STYLES).document
    assert [(heading.level, heading.text) for heading in document.headings] == [
        (1, "Weights Act"),
        (1, "Geltung"),
        (2, "Im Einzelnen"),
        (3, "Mehr dazu"),
    ]
    assert "Inhalt 3" not in document.text


def test_hidden_and_deleted_text_is_left_out_and_inserted_text_kept() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p><w:r><w:t>Models </w:t></w:r>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('elsewhere ')}</w:moveFrom>"
        f"<w:ins>{run.format('may ')}</w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>spread.</w:t></w:r></w:p>'
        + paragraph("Unseen.", "Geheim")
    )
    assert paragraphs(body, styles=STYLES) == ["Models may spread."]


def test_automatic_numbers_are_counted_as_word_shows_them() -> None:
    body = (
        item("First", 1) + item("a part", 1, 1) + item("another", 1, 1) + item("deep", 1, 2)
        + item("Second", 1) + item("again", 1, 1) + item("A point", 2)
    )  # fmt: skip
    assert paragraphs(body, numbering=NUMBERING) == [
        "1. First",
        "(a) a part",
        "(b) another",
        "1.I deep",
        "2. Second",
        "(a) again",
        "- A point",
    ]


def test_rows_of_a_table_keep_their_cells_apart() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("Alpha", "Apache-2.0"))
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('Gone')}</w:tc></w:tr>"
    inside = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("in", "side"))
    inner = f"<w:tbl><w:tr>{inside}</w:tr></w:tbl>"
    nested = f"<w:tr><w:tc>{paragraph('Beta')}</w:tc><w:tc>{inner}</w:tc></w:tr>"
    body = f"<w:tbl><w:tr>{cells}</w:tr>{gone}{nested}</w:tbl>"
    assert paragraphs(body) == ["Alpha | Apache-2.0", "Beta | in | side"]


def test_a_note_stands_behind_the_paragraph_that_refers_to_it() -> None:
    body = (
        '<w:p><w:r><w:t>Weights spread.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + paragraph("They stay.")
    )
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph("never")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("See the annex.")}</w:footnote>'
    )
    assert paragraphs(body, footnotes=notes) == [
        "Weights spread.",
        "1 See the annex.",
        "They stay.",
    ]


def test_a_power_is_raised_and_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed words.')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        '<w:p><w:r><w:t>Over 10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:t>25</w:t></w:r><w:r><w:t> operations.</w:t></w:r>"
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert paragraphs(body) == ["Over 10²⁵ operations.", "Boxed words."]


def test_title_and_author_come_from_the_properties_and_no_date_is_taken_for_publication() -> None:
    core = (
        '<core xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<dc:title>On Weights</dc:title><dc:creator>Ada Example; python-docx</dc:creator>"
        "<t:created>2024-01-02T00:00:00Z</t:created></core>"
    )
    document = f"<w:document {W}><w:body>{paragraph('Words.')}</w:body></w:document>"
    data = zipped({"word/document.xml": document, "docProps/core.xml": core})
    metadata = extract(data, name="x").metadata
    assert (metadata.title, metadata.authors) == ("On Weights", ("Ada Example",))
    assert metadata.published is None


def test_the_strict_flavour_is_read_too() -> None:
    strict = f"<w:document {W}><w:body>{paragraph('Words.')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert extract(zipped({"word/document.xml": strict}), name="x").document.text == "Words."
