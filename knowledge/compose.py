"""The one place where collaborators are put together."""

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from knowledge.answer import Answerer
from knowledge.chat import open_chat
from knowledge.encoders import (
    TaughtEncoder,
    TaughtJudge,
    open_encoder,
    open_judge,
    open_reranker,
    require_same_encoder,
)
from knowledge.errors import CaveatError, LibraryMissingError
from knowledge.gaps import CountingAnswerer, GapRecorder, utc_today
from knowledge.gate import LEAST_CONFIDENCE
from knowledge.index import Manifest, SnapshotKeeper, require_current
from knowledge.library import (
    COUNTS_KEPT_FOR,
    QUESTIONS_KEPT_FOR,
    CountedGap,
    Library,
    Suggestions,
    connect_library,
    library_file,
    library_place,
)
from knowledge.policy import ADAPTERS, Policy
from knowledge.search import Searcher
from knowledge.settings import STARTER_ENCODER, KnowledgeSettings
from knowledge.support import ADAPTERS as SUPPORT_ADAPTERS
from knowledge.support import Judge
from knowledge.writing import UnusableChat, Writer

log = logging.getLogger(__name__)

SUGGESTION_PATIENCE_MS = 1_000

if TYPE_CHECKING:
    from knowledge.retriever import LibraryRetriever


def open_library(settings: KnowledgeSettings) -> Library:
    """The library in the data folder or where DATABASE_URL leads, created when there is none.

    Raises:
        LibraryError: when it is damaged, read-only, out of reach or from a newer version.
        SettingsError: when DATABASE_URL cannot be used.
    """
    return Library(connect_library(library_place(settings)))


def require_library(settings: KnowledgeSettings) -> Library:
    """The library in the data folder.

    Raises:
        LibraryMissingError: when nothing was taken in yet.
        LibraryError: when it is damaged, read-only or from a newer version.
    """
    if library_file(library_place(settings)) is None:
        raise LibraryMissingError(
            f"There is no library in {settings.data_dir}. Run `python -m ingest sync` for the "
            "starter corpus, or set CAVEAT_DATA_DIR to the folder that holds one."
        )
    return open_library(settings)


def open_suggestions(settings: KnowledgeSettings) -> Suggestions:
    """The queue of suggested sources in the library, which is created when there is none.

    A method that writes waits about `SUGGESTION_PATIENCE_MS` while an ingest does.

    Raises:
        LibraryError: when the library is damaged, read-only or from a newer version.
    """
    engine = connect_library(library_place(settings), patience_ms=SUGGESTION_PATIENCE_MS)
    return Suggestions(engine, allow_private=settings.allow_private)


def counted_gaps(settings: KnowledgeSettings, *, days: int) -> tuple[tuple[CountedGap, ...], date]:
    """What the library did not answer in the last days, and since when that is.

    Their questions are told where the settings keep them; older ones than are kept are not.

    Raises:
        LibraryMissingError: when nothing was taken in yet.
        LibraryError: when it is damaged, read-only or from a newer version.
    """
    today = utc_today()
    # nothing older is kept, and dates do not reach back without end
    since = today - timedelta(min(days, COUNTS_KEPT_FOR.days))
    told = max(since, today - QUESTIONS_KEPT_FOR) if settings.keep_gap_questions else None
    library = require_library(settings)
    try:
        return library.gaps.counted(since, questions_since=told), since
    finally:
        library.close()


def open_searcher(settings: KnowledgeSettings) -> Searcher:
    """Something that finds passages in the index of the data folder.

    Raises:
        IndexMissingError: when nothing was published yet.
        IndexUnreadableError: when the published build is damaged.
        EncoderError: when the model cannot be loaded or is not the index's.
        SettingsError: when RERANKER_PATH names no usable model.
    """
    # asked first: with nothing published there is no need to load a model
    require_current(settings.data_dir)
    # a question is hundreds of small products, which threads would only make wait for each other
    threadpool_limits(limits=1, user_api="blas")
    # one question at a time is too little work for a GPU
    encoder = open_encoder(settings.model_copy(update={"device": "cpu"}))

    def accept(manifest: Manifest) -> None:
        require_same_encoder(manifest.encoder_identity(), encoder.identity)

    keeper = SnapshotKeeper(settings.data_dir, accept)
    keeper.current()
    reranker = open_reranker(settings.reranker_path) if settings.reranker_path else None
    return Searcher(encoder=encoder, snapshots=keeper, reranker=reranker)


def answerer_over(
    searcher: Searcher,
    settings: KnowledgeSettings,
    writer: Writer | None = None,
    policy: Policy | None = None,
) -> Answerer:
    """Something that answers from what a searcher finds, as sure as the settings ask for."""
    least = settings.least_confidence
    return Answerer(
        searcher,
        least_confidence=LEAST_CONFIDENCE if least is None else least,
        writer=writer,
        policy=policy,
    )


def open_answerer(settings: KnowledgeSettings) -> CountingAnswerer:
    """Something that answers questions from the index, and counts those it cannot answer.

    Raises:
        CaveatError: as `open_searcher`.
    """
    policy = open_policy(settings)
    writer = open_writer(settings, policy)
    answerer = answerer_over(open_searcher(settings), settings, writer, policy)
    gaps = GapRecorder(library_place(settings), keep_questions=settings.keep_gap_questions)
    return CountingAnswerer(answerer, gaps)


def open_policy(settings: KnowledgeSettings) -> Policy:
    """What tells requests for help with harm; the encoder that was taught it opens at the first.

    With another encoder than the starter one, or without its files, words alone are weighed.
    """
    return Policy(TaughtEncoder(ADAPTERS, settings.encoder).scores)


def open_support_judge(settings: KnowledgeSettings) -> Judge:
    """What tells whether a passage supports a sentence: the operator's model, or our own.

    Ours is the starter encoder whatever `ENCODER` names; it opens at the first sentence.

    Raises:
        SettingsError: with the cure, when `JUDGE_PATH` cannot be used.
    """
    if settings.judge_path:
        return open_judge(settings.judge_path)
    return TaughtJudge(SUPPORT_ADAPTERS, STARTER_ENCODER)


def open_writer(settings: KnowledgeSettings, policy: Policy | None = None) -> Writer | None:
    """Something that writes answers with the configured chat model; None when there is none.

    A model or judge that cannot be used as configured stops nothing: the log tells of it, and
    every answer is quoted and says that it could not be written.
    """
    try:
        chat = open_chat(settings)
        if chat is None:
            return None
        judge = open_support_judge(settings)
    except CaveatError as error:
        log.warning("Answers are quoted, none is written: %s", error)
        return Writer(UnusableChat(settings.chat_model), policy=policy)
    return Writer(chat, judge, seconds=settings.chat_seconds, policy=policy)


def open_retriever(settings: KnowledgeSettings, *, k: int = 6) -> "LibraryRetriever":
    """A LangChain retriever over the index in the data folder, which finds `k` passages.

    Raises:
        CaveatError: as `open_searcher`.
    """
    # LangChain's retrievers take a second to import, and no command of Caveat needs them
    from knowledge.retriever import LibraryRetriever, SharedSearcher  # noqa: PLC0415

    return LibraryRetriever(library=SharedSearcher(open_searcher(settings)), k=k)
