import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import ConfigurableField, RunnableLambda
from pydantic import ValidationError

from ingest.__main__ import main
from knowledge.compose import open_retriever
from knowledge.encoders import Encoder
from knowledge.errors import IndexMissingError
from knowledge.retriever import LibraryRetriever, SharedSearcher
from knowledge.search import Searcher
from knowledge.settings import KnowledgeSettings

ROOT = Path(__file__).parents[2]
QUESTION = "Can a released model be recalled?"
KEYS = {
    *("source_id", "title", "url", "kind", "stance", "status", "status_date", "published"),
    *("publisher", "licence", "page", "heading", "score", "similarity", "chunk_id", "link"),
}


@pytest.fixture
def retriever(searcher: Searcher) -> LibraryRetriever:
    return LibraryRetriever(library=SharedSearcher(searcher), k=4)


@pytest.fixture
def data_dir(encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the starter briefs, which the environment names."""
    monkeypatch.setenv("CAVEAT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("ingest.commands.open_encoder", lambda _settings: encoder)
    monkeypatch.setattr("knowledge.compose.open_encoder", lambda _settings: encoder)
    assert main(["sync", "--quiet"]) == 0
    return tmp_path


def test_documents_are_the_passages_of_a_search_in_their_order(
    retriever: LibraryRetriever, searcher: Searcher
) -> None:
    found = retriever.invoke(QUESTION)
    passages = searcher.search(QUESTION, limit=4)
    assert [each.page_content for each in found] == [each.chunk.text for each in passages]
    assert [each.id for each in found] == [each.chunk.id for each in passages]
    assert [each.metadata["score"] for each in found] == [each.score for each in passages]


def test_a_document_carries_what_a_citation_needs(retriever: LibraryRetriever) -> None:
    (law,) = (
        each
        for each in retriever.invoke("What does the Harbour Model Act say of obligations?", k=3)[:1]
    )
    assert set(law.metadata) == KEYS
    assert json.loads(json.dumps(law.metadata)) == law.metadata
    assert law.metadata["title"] == "Harbour Model Act"
    assert law.metadata["kind"] == "law"
    assert law.metadata["status"] == "in-force"
    assert law.metadata["chunk_id"] == law.id
    assert law.metadata["link"].startswith(law.metadata["url"])


def test_the_number_of_documents_is_the_retrievers_unless_a_call_names_another(
    retriever: LibraryRetriever,
) -> None:
    assert len(retriever.invoke(QUESTION)) == 4
    assert len(retriever.invoke(QUESTION, k=2)) == 2
    named = retriever.configurable_fields(k=ConfigurableField(id="k"))
    assert len(named.with_config(configurable={"k": 3}).invoke(QUESTION)) == 3


def test_no_documents_at_all_cannot_be_asked_for(searcher: Searcher) -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        LibraryRetriever(library=SharedSearcher(searcher), k=0)


def test_a_blank_question_finds_nothing(retriever: LibraryRetriever) -> None:
    assert retriever.invoke("  ") == []


def test_a_chain_a_batch_and_tasks_find_the_same(retriever: LibraryRetriever) -> None:
    def titles(documents: list[Document]) -> list[str]:
        return [document.metadata["title"] for document in documents]

    questions = [QUESTION, "What is marginal risk?", "Which voices do scams clone?"] * 4
    chain: Any = retriever | RunnableLambda(titles)

    async def together() -> list[list[str]]:
        return list(await asyncio.gather(*(chain.ainvoke(each) for each in questions)))

    one_by_one = [titles(retriever.invoke(each)) for each in questions]
    assert chain.batch(questions) == one_by_one
    assert asyncio.run(together()) == one_by_one
    assert len({str(each) for each in one_by_one}) == 3


async def test_the_event_loop_goes_on_while_a_search_runs(retriever: LibraryRetriever) -> None:
    search = asyncio.create_task(retriever.ainvoke(QUESTION))
    turns = 0
    while not search.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
    assert len(await search) == 4


def test_without_a_library_the_error_names_the_cure(tmp_path: Path) -> None:
    settings = KnowledgeSettings(CAVEAT_DATA_DIR=tmp_path / "empty", _env_file=None)
    with pytest.raises(IndexMissingError, match="ingest"):
        open_retriever(settings)


def test_the_program_in_the_document_runs(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert data_dir.is_dir()
    (program,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "docs/langchain.md").read_text("utf-8"), re.DOTALL
    )
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(program, "docs/langchain.md", "exec"), names)  # noqa: S102 - our own document
    assert [len(each) for each in names["lists"]] == [4, 4]
    assert names["fewer"] == names["same"] == names["lists"][1][:2]
    assert names["context"].count("\n[") == 3
    shown = capsys.readouterr().out
    assert "Why safeguards of open models can be removed" in shown
    assert "https://" in shown


def test_the_document_names_every_key() -> None:
    table = (ROOT / "docs/langchain.md").read_text("utf-8").partition("## What a document")[2]
    rows = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == KEYS


def test_answering_does_not_import_the_retriever() -> None:
    check = (
        "import sys, bot.__main__, knowledge.__main__, knowledge.compose;"
        "assert not {'knowledge.retriever', 'langchain_core.retrievers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=True)  # noqa: S603 - this interpreter
