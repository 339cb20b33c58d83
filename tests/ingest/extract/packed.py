"""Builds the formats that are zip archives, from as little XML as they need."""

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPF = "http://www.idpf.org/2007/opf"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document; `parts` are further members, such as `styles` and `footnotes`."""
    members = {
        f"word/{name}.xml": f"<w:{name} {W}>{content}</w:{name}>" for name, content in parts.items()
    }
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": document, **members})


def paragraph(text: str, style: str = "", run: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def epub(chapters: Mapping[str, str], *, metadata: str = "", **parts: str | bytes) -> bytes:
    """A book; `chapters` are pages by address, `parts` further members, "/" written "__"."""
    items = "".join(
        f'<item id="c{place}" href="{address}" media-type="application/xhtml+xml"/>'
        for place, address in enumerate(chapters)
    )
    order = "".join(f'<itemref idref="c{place}"/>' for place in range(len(chapters)))
    package = (
        f'<package xmlns="{OPF}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"</manifest><spine>{order}</spine></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            **{f"OEBPS/{address}": page for address, page in chapters.items() if page},
            **{name.replace("__", "/"): content for name, content in parts.items()},
        }
    )
