"""The one place where collaborators are put together."""

from knowledge.answer import Answerer
from knowledge.encoders import open_encoder, require_same_encoder
from knowledge.index import Manifest, SnapshotKeeper, require_current
from knowledge.library import Library, connect_library
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings


def open_library(settings: KnowledgeSettings) -> Library:
    """The library in the data folder, created when there is none.

    Raises:
        LibraryError: when it is damaged, read-only or from a newer version.
    """
    return Library(connect_library(settings.data_dir))


def open_searcher(settings: KnowledgeSettings) -> Searcher:
    """Something that finds passages in the index of the data folder.

    Raises:
        IndexMissingError: when nothing was published yet.
        IndexUnreadableError: when the published build is damaged.
        EncoderError: when the model cannot be loaded or is not the index's.
    """
    # asked first: with nothing published there is no need to load a model
    require_current(settings.data_dir)
    # one question at a time is too little work for a GPU
    encoder = open_encoder(settings.model_copy(update={"device": "cpu"}))

    def accept(manifest: Manifest) -> None:
        require_same_encoder(manifest.encoder_identity(), encoder.identity)

    keeper = SnapshotKeeper(settings.data_dir, accept)
    keeper.current()
    return Searcher(encoder=encoder, snapshots=keeper)


def open_answerer(settings: KnowledgeSettings) -> Answerer:
    """Something that answers questions from the index in the data folder.

    Raises:
        CaveatError: as `open_searcher`.
    """
    return Answerer(open_searcher(settings))
