import pytest

from ingest.extract import extract
from knowledge.errors import FailedSourceError
from tests.ingest.extract.packed import epub

PAGE = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{}</body></html>'
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>'
    '<li><a href="text/one.xhtml">How weights spread</a></li>'
    '<li><a href="text/one.xhtml#part">A part</a></li></ol></nav></body></html>'
)
METADATA = (
    "<dc:title>Open Weights</dc:title><dc:creator>Ada Example</dc:creator>"
    "<dc:creator>Alan Sample</dc:creator><dc:publisher>Example Press</dc:publisher>"
    "<dc:date>2024-05-06T00:00:00Z</dc:date><dc:rights>CC BY 4.0</dc:rights>"
)


def test_chapters_follow_the_spine_and_keep_their_headings() -> None:
    chapters = {
        "text/two%20b.xhtml": "",
        "text/one.xhtml": PAGE.format("<p>Weights spread.</p>"),
    }
    second = PAGE.format("<h2>Control</h2><p>They stay.</p>")
    data = epub(chapters, OEBPS__nav_xhtml="", **{"OEBPS/text/two b.xhtml": second})
    document = extract(data, name="x.epub").document
    assert document.text == "Control\n\nThey stay.\n\nWeights spread."
    assert [heading.level for heading in document.headings] == [2]


def test_a_chapter_without_a_heading_takes_its_title_from_the_contents() -> None:
    chapters = {"text/one.xhtml": PAGE.format("<p>Weights spread.</p>")}
    document = extract(epub(chapters, **{"OEBPS/nav.xhtml": NAV}), name="x").document
    assert document.text == "How weights spread\n\nWeights spread."
    assert document.headings[0].text == "How weights spread"


def test_the_package_tells_the_metadata() -> None:
    chapters = {"one.xhtml": PAGE.format("<p>Weights&nbsp;spread.</p>")}
    extracted = extract(epub(chapters, metadata=METADATA), name="x")
    assert extracted.document.text == "Weights spread."
    metadata = extracted.metadata
    assert metadata.title == "Open Weights"
    assert metadata.authors == ("Ada Example", "Alan Sample")
    assert (metadata.publisher, metadata.published) == ("Example Press", "2024-05-06")
    assert metadata.licence == "CC BY 4.0"


def test_a_missing_chapter_is_a_warning() -> None:
    chapters = {"one.xhtml": PAGE.format("<p>Weights spread.</p>"), "../../../etc/passwd": ""}
    extracted = extract(epub(chapters), name="x")
    assert extracted.warnings == ("1 of 2 chapters could not be read",)


def test_a_protected_book_says_so() -> None:
    encryption = (
        '<encryption><d xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherReference '
        'URI="OEBPS/one.xhtml"/></d></encryption>'
    )
    data = epub({"one.xhtml": "garbage"}, **{"META-INF/encryption.xml": encryption})
    with pytest.raises(FailedSourceError, match="protected against copying"):
        extract(data, name="x.epub")
