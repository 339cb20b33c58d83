"""A small published library whose sentences the tests know, and chat models that say what is given.

It needs no weights: texts that share words are near each other.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.extract import extract
from knowledge.answer import Answerer
from knowledge.chat import ChatError, Message, Reply
from knowledge.index import SnapshotKeeper, publish
from knowledge.library import Library, connect_library
from knowledge.model import Source, Spent
from knowledge.search import Searcher
from knowledge.writing import Prepared, Writer
from tests.fakes import WordEncoder, shelve

SPENT = Spent(input_tokens=120, output_tokens=30, dollars=0.5)
QUESTION = "Should the release of model weights be restricted because of the risk?"
PLAIN_QUESTION = "Which providers of models are exempt from the obligations?"
ACT = Source(
    id="act",
    title="Model Release Act",
    publisher="Parliament of Harbour",
    kind="law",
    stance="neutral",
    jurisdiction="Harbour",
    published="2024-07-12",
    status="in-force",
    status_date="2024-08-01",
    licence="Public domain",
    url="https://law.example/act",
)
ORDER = Source(
    id="order",
    title="Executive Order on model weights",
    publisher="The Residence",
    kind="government",
    status="revoked",
    status_date="2025-01-20",
    published="2023-10-30",
    licence="Public domain",
)
OPEN = Source(
    id="open",
    title="Letter for open models",
    publisher="Commons League",
    kind="advocacy",
    stance="favours-openness",
    published="2024-03-01",
    licence="CC BY 4.0",
)
CLOSED = Source(
    id="closed",
    title="The case for limits",
    publisher="Safety Institute",
    kind="research",
    stance="favours-restriction",
    published="2024-05-01",
    licence="CC BY 4.0",
)
TEXTS = (
    (
        ACT,
        (
            "# Article 53 Obligations of providers\n\n"
            "The obligations in paragraph 1 shall not apply to providers of models that are "
            "released under a free and open-source licence. This exception shall not apply to "
            "models with systemic risk. Providers must keep the technical documentation for 10 "
            "years. A provider may rely on a code of practice to show compliance.\n"
        ),
    ),
    (
        ORDER,
        (
            "# Section 4 Weights\n\n"
            "The release of model weights can bring substantial benefits to innovation, and the "
            "risk should be restricted. The Secretary of Commerce shall consult the public on "
            "the risk of the release of model weights within 270 days.\n"
        ),
    ),
    (
        OPEN,
        (
            "# Why openness helps\n\n"
            "The release of model weights lets thousands of independent researchers find flaws. "
            "We believe that the risk of concentration outweighs the risk of misuse. Restricted "
            "release would leave the technology to five companies.\n"
        ),
    ),
    (
        CLOSED,
        (
            "# What cannot be undone\n\n"
            "The release of model weights cannot be reversed once copies are downloaded. Our study "
            "removed the safeguards of 8 models within 3 hours. The risk of release should be "
            "restricted by independent testing before weights are published.\n"
        ),
    ),
)
GOOD = (
    "The release of model weights lets thousands of independent researchers find flaws [{open}]. "
    "According to the Safety Institute, the release of model weights cannot be reversed once "
    "copies are downloaded [{closed}]. The Secretary of Commerce shall consult the public on the "
    "risk of the release of model weights within 270 days [{order}]."
)


class TellingChat:
    """Says what a function makes of the messages; remembers what it was asked.

    Attributes:
        asked: the messages of each call.
    """

    name = "openai:telling"
    local = True

    def __init__(self, *says: str | Callable[[Sequence[Message]], str] | ChatError) -> None:
        self._says = list(says)
        self.asked: list[tuple[Message, ...]] = []
        self.cut = False

    def reply(self, messages: Sequence[Message], *, most_tokens: int, seconds: float) -> Reply:
        """The next thing to say; the last one again and again."""
        assert most_tokens > 0
        assert seconds > 0
        self.asked.append(tuple(messages))
        says = self._says.pop(0) if len(self._says) > 1 else self._says[0]
        if isinstance(says, ChatError):
            raise says
        text = says if isinstance(says, str) else says(messages)
        return Reply(text=text, spent=SPENT, cut=self.cut)


def publish_texts(data_dir: Path, texts: Iterable[tuple[Source, str]] = TEXTS) -> Path:
    """The folder, with a published build of these texts."""
    words = WordEncoder()
    library = Library(connect_library(data_dir))
    for source, text in texts:
        document = extract(text.encode(), name=f"{source.id}.md").document
        shelve(library, words, source, document, f"/{source.id}.md")
    publish(library, words.identity, data_dir)
    library.close()
    return data_dir


@contextmanager
def answering(
    data_dir: Path, writer: Writer | None = None, least: float = 0.0
) -> Iterator[Answerer]:
    """Something that answers from such a folder, and never stays silent unless told to."""
    keeper = SnapshotKeeper(data_dir, lambda _: None)
    searcher = Searcher(encoder=WordEncoder(), snapshots=keeper)
    answerer = Answerer(searcher, least_confidence=least, writer=writer)
    yield answerer
    answerer.close()


def numbers(prepared: Prepared) -> dict[str, int]:
    """The number of the passage of each source, as the model is given them."""
    return {passage.source.id: number for number, passage in enumerate(prepared.passages, start=1)}


def filled(text: str, prepared: Prepared) -> str:
    """A text with "{act}" and the like replaced by the numbers of their passages."""
    return text.format(**numbers(prepared))
