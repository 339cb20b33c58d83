"""Texts that would ping someone or pass for a link if Discord rendered them as they are."""

from knowledge.model import Chunk, Passage, Source

STRANGER = "123456789012345678"
ADDRESS = "https://evil.example/login"
TRICKS = (
    "@everyone",
    "@here",
    f"<@{STRANGER}>",
    f"<@!{STRANGER}>",
    f"<@&{STRANGER}>",
    f"<#{STRANGER}>",
    f"</ask:{STRANGER}>",
    f"<a:wave:{STRANGER}>",
    "<t:1700000000:R>",
    ADDRESS,
    ADDRESS.upper(),
    f"<{ADDRESS}>",
    "discord.gg/evil",
    "https://discord.com/invite/evil",
    "discord://-/invite/evil",
    f"[the official report]({ADDRESS})",
    f"[the official report](<{ADDRESS}>)",
    f'[the official report]({ADDRESS} "EUR-Lex")',
    f"![a picture]({ADDRESS})",
    f"**[the official report]({ADDRESS})**",
    f"\\[the official report]({ADDRESS})",
    f"\\\\[the official report\\]({ADDRESS})",
    f"](https://source.example) [1]({ADDRESS})",
    f"`code [x]({ADDRESS})",
    f"||[spoiler]({ADDRESS})||",
    "\u202e" + ADDRESS,
    f"@\u200beveryone @eve\u00adryone https:\u200b//evil.example [x]\u200b({ADDRESS})",
)
WORDS = "safeguards removed weights"
"""What the questions and the documents have in common, so that these answer those."""


def _source(number: int, trick: str) -> Source:
    return Source(
        id=f"hostile-{number}",
        title=f"A report with {trick} in its title",
        url=f"https://source.example/{number}",
        publisher=f"A publisher {trick}",
        kind="news",
        stance="neutral",
        jurisdiction=trick,
        published="2026-01-01",
        status="final",
        licence="CC BY 4.0",
    )


def _passage(number: int, trick: str) -> Passage:
    source = _source(number, trick)
    text = f"Once {WORDS} are out, {trick} is what document {number} holds. It ends here."
    return Passage(
        chunk=Chunk(
            id=f"{source.id}-1",
            source_id=source.id,
            text=text,
            start=0,
            end=len(text),
            ordinal=0,
            page=number,
            heading_path=(f"Part {trick}", f"Section {trick}"),
        ),
        source=source,
        score=0.5,
        similarity=0.5,
    )


HOSTILE_PASSAGES = tuple(_passage(number, trick) for number, trick in enumerate(TRICKS, start=1))
