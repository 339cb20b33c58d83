"""Files that mean harm, or that an accident made; generated, since a bomb is no file to keep."""

import io
import json
import random
import zipfile
import zlib
from collections.abc import Iterable

from tests.ingest.extract.packed import CONTAINER, W, docx, epub, paragraph, zipped

MEGABYTE = 1_000_000
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'


def pdf(objects: Iterable[bytes]) -> bytes:
    """A PDF of numbered objects, the first of which is the catalogue."""
    found = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    found += b"".join(b"%010d 00000 n \n" % place for place in places)
    found += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start)
    return bytes(found)


def pdf_of_pages(count: int) -> bytes:
    """Pages that share one line of text."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            _stream(b"BT /F 12 Tf 72 700 Td (Weights spread quickly.) Tj ET"),
            *[_page(contents=4)] * count,
        ]
    )


def pdf_bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to so many megabytes of operators."""
    packer = zlib.compressobj(9)
    block = b"q " * (MEGABYTE // 2)
    packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    packed = zlib.compress(packed, 9)
    filters = b"/Filter[/FlateDecode/FlateDecode]"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[5 0 R]>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            _stream(packed, filters),
            _page(contents=4),
        ]
    )


def pdf_with_circular_pages() -> bytes:
    """A page tree that contains itself."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 3/Kids[2 0 R 3 0 R]/Parent 3 0 R>>",
            b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]/Parent 2 0 R>>",
        ]
    )


def zip_bomb() -> bytes:
    """A Word document of 90 MB that packs to less than 0.1 MB."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(90):
            part.write(b"<w:p/>" * (MEGABYTE // 6))
    return buffer.getvalue()


def many_bombs() -> bytes:
    """Parts that are harmless one by one, and 150 MB together."""
    noise = random.Random(1).randbytes(30_000)  # noqa: S311 - the same noise in every run
    member = noise + bytes(MEGABYTE)
    return zipped({"word/document.xml": "<w/>", **{f"word/{n}.xml": member for n in range(150)}})


def nested_zip() -> bytes:
    """A zip in a zip in a zip."""
    data = b"words " * MEGABYTE
    for depth in range(4):
        data = zipped({f"{depth}.zip": data})
    return data


def many_members() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(6000):
            archive.writestr(f"word/{number}.xml", b"")
    return buffer.getvalue()


def locked_zip() -> bytes:
    data = bytearray(docx(paragraph("Words.")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    return bytes(data)


def laughs(kind: str) -> str:
    """Entities that stand for ten of each other."""
    entities = '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>{kind}'


def laughing_docx() -> bytes:
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
    return zipped({"word/document.xml": laughs(body)})


def prying_docx() -> bytes:
    """An entity that asks for a file of this machine."""
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    return zipped(
        {"word/document.xml": f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>{body}'}
    )


def deep_docx() -> bytes:
    return docx("<w:sdt>" * 5000 + paragraph("Words.") + "</w:sdt>" * 5000)


def climbing_epub() -> bytes:
    """A book whose only chapter lies outside of it."""
    return epub({"../../../../../../etc/passwd": ""})


def laughing_epub() -> bytes:
    package = '<package xmlns="http://www.idpf.org/2007/opf">&a11;</package>'
    return zipped({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": laughs(package)})


def yaml_bomb() -> bytes:
    lines = ["a0: &a0 [ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return ("---\n" + "\n".join(lines) + "\nauthors: [*a11]\n---\nWords.\n").encode()


def deep_yaml() -> bytes:
    return b"---\ntitle: " + b"[" * 5000 + b"\n---\nWords.\n"


def jsonl_with_a_bad_line() -> bytes:
    good = json.dumps({"title": "A", "text": "Weights spread."})
    return f"{good}\n{good}\n{good[:-5]}\n{good}\n".encode()


def _stream(data: bytes, filters: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), filters, data)


def _page(contents: int) -> bytes:
    return (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
        b"/Resources<</Font<</F 3 0 R>>>>>>" % contents
    )
