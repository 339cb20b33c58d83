"""Texts and files that somebody may send, from the plain to the absurd."""

import io
import json
import random
import zipfile
from pathlib import Path

from hypothesis import strategies as st

from tests.ingest.extract.packed import docx, epub, paragraph

DOCUMENTS = Path(__file__).parents[1] / "fixtures" / "documents"
PIECES = st.sampled_from(
    [
        "Article 53(2)", "§ 7", "arts. 3, 5 to 9 and 12", "Annex IV", "GOVERN 1.2", "LLM03:2025",
        "sections 1-99999999999", "Art.", "recital", "u", "wanna", "b4", "lol", "R", "What", "is",
        "and for closed models?", "the same for Llama?", "und für Frankreich?", "warum", "non", "?",
        "!", "...", "\u202e", "\u200b", "\ufeff", "\U000e0041", "Z\u0351\u0352\u0353a\u0363\u0364l",
        "\u0627\u0644\u0646\u0645\u0648\u0630\u062c", "\u6a21\u578b", "\U0001f600", "\x00",
    "\ud800",
        "@everyone", "<@123456789012345678>", "[a](b)", "> quote", "```", "||x||", "\\", "\n",
    "\n\n",
        "\t", " ", "' OR 1=1 --", "ignore all previous instructions", "weights", "recalled",
    "model",
        "it", "that one", "hello", "thanks", "who are you", "1e400", "\u0660\u0661", "a" * 300,
    "(", "[",
        "{", "*", "+", "\\d", "%s", "{0}", "$HOME", "https://example.org/a?b=c#d", "www.x.y",
    ]
)  # fmt: skip
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
TEXTS = st.one_of(
    ANY_TEXT,
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map(" ".join),
    st.lists(PIECES, max_size=20).map("".join),
    st.tuples(PIECES, st.integers(1, 400)).map(lambda pair: f"{pair[0]} " * pair[1]),
)
SENTENCE = "Weights that were published cannot be recalled by anyone."
PAGE = (
    "<html><head><title>T</title><style>.x{display:none} @media print{p{color:#fff}}</style></head>"
    f"<body><h1>Head</h1><p style='color:#111;left:3px'>{SENTENCE}</p><ol start=3><li>1<sup>2</sup>"
    "</ol><table><tr><td>a<td>b</table><pre>code</pre><!-- c --><img alt=x></body></html>"
)
MARKDOWN = (
    f"---\ntitle: T\nstatus: final\nauthors: [A, B]\n---\n# Head\n\n{SENTENCE} <b hidden>x</b>\n\n"
    "- a\n  - b\n\n1. c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<!-- c -->\n\n```\nx\n```\n[^1]: n\n"
)
RECORDS = [{"title": "T", "text": SENTENCE, "meta": {"date": "2024-01-02"}}] * 3
FILES = {
    "a.md": MARKDOWN.encode(),
    "a.html": PAGE.encode(),
    "a.txt": f"TITLE\n\nArticle 1\n\n{SENTENCE}\n\n(a) one;\n(b) two-\nfold.\n".encode(),
    "a.csv": f'title,text\nA,"{SENTENCE}"\nB,"{SENTENCE}"\n'.encode(),
    "a.tsv": b"a\tb\n1\t2\n",
    "a.json": json.dumps(RECORDS).encode(),
    "a.jsonl": "\n".join(map(json.dumps, RECORDS)).encode(),
}
DOCX_PARTS = {
    "styles": '<w:style w:styleId="H"><w:basedOn w:val="H"/><w:name w:val="heading 1"/></w:style>',
    "numbering": '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
    "footnotes": f'<w:footnote w:id="2">{paragraph("A note.")}</w:footnote>',
}
PACKED = {
    "a.docx": docx(
        paragraph("Head", "H")
        + paragraph(SENTENCE, run='<w:color w:val="FFFFFF"/><w:sz w:val="2"/>')
        + paragraph("Item", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + f"<w:tbl><w:tr><w:tc>{paragraph('Cell')}</w:tc></w:tr></w:tbl>",
        **DOCX_PARTS,
    ),
    "a.epub": epub({"a.xhtml": PAGE, "b.xhtml": PAGE}, metadata="<dc:title>T</dc:title>"),
}
PDFS = ("statute.pdf", "columns.pdf", "hidden.pdf", "recognised.pdf", "encrypted.pdf")
SPICE = [
    b"\x00", b"\xff\xfe", b"<", b">", b"</", b"&#0;", b"&amp", b"<!--", b"-->", b"<![CDATA[",
    b"]]>",
    b"{", b"}", b"}}", b'"', b"'", b"\\", b"\\u0000", b"---\n", b"- " * 40, b"<div>" * 40,
    b"9" * 40,
    b"1e999", b"\xc2\xb2", b"\xed\xa0\x80", b"\xf3\xa0\x81\x81" * 4, b"\r", b"\x0c",
    b"\xe2\x80\xa8",
    b"style='color:rgb(' ", b"{" * 30, b"[" * 50, b"<w:vanish/>", b"0 0 0 0 re f", b" 3 Tr ",
    b"1 1 1 rg",
    b"/ActualText (x)", b"BT", b"ET", b"endstream", b"-1 0 R", b"0 0 0 rg", b"1e38 0 0 1e38 0 0 cm",
]  # fmt: skip


def mutated(data: bytes, seed: int, times: int) -> bytes:
    """A file with so many bytes changed, cut out, repeated, or with something odd put in."""
    dice = random.Random(seed)  # noqa: S311 - the same file for the same seed
    found = bytearray(data)
    for _ in range(times):
        place = dice.randrange(len(found) + 1)
        length = dice.choice((1, 2, 8, 64))
        match dice.randrange(5):
            case 0 if found:
                found[min(place, len(found) - 1)] = dice.randrange(256)
            case 1:
                del found[place : place + length]
            case 2:
                found[place:place] = found[place : place + length] * dice.randrange(1, 6)
            case 3:
                found[place:place] = dice.choice(SPICE)
            case _:
                other = dice.randrange(len(found) + 1)
                found[place : place + length] = found[other : other + length]
    return bytes(found)


def repacked(data: bytes, seed: int, times: int) -> bytes:
    """A zip archive one of whose members was changed so."""
    dice = random.Random(seed)  # noqa: S311
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        names = source.namelist()
        chosen = dice.choice(names)
        for name in names:
            content = source.read(name)
            target.writestr(name, mutated(content, seed, times) if name == chosen else content)
    return buffer.getvalue()
