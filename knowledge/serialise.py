"""The JSON of the command contract."""

from typing import Any

from knowledge.model import Answer, Citation, NearestSource, Passage


def heading_text(path: tuple[str, ...]) -> str | None:
    """A heading path as one line, outermost first, or None when there is none."""
    return " > ".join(path) or None


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer; unknown values are None."""
    return {
        "id": answer.id,
        "question": answer.question,
        "outcome": answer.outcome,
        "mode": answer.mode,
        "text": answer.text,
        "citations": [citation_json(citation) for citation in answer.citations],
        "nearest": [nearest_json(nearest) for nearest in answer.nearest],
        "notes": [note.text for note in answer.notes],
        "timings_ms": answer.timings_ms,
        "build": answer.build,
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation with the record of its source and the whole passage."""
    source = citation.passage.source
    return {
        "number": citation.number,
        "source_id": source.id,
        "title": source.title,
        "kind": source.kind,
        "stance": source.stance,
        "publisher": source.publisher,
        "published": source.published,
        "status": source.status,
        "status_date": source.status_date,
        "jurisdiction": source.jurisdiction,
        "licence": source.licence,
        "url": source.url,
        "link": citation.link,
        "page": citation.page,
        "heading": heading_text(citation.heading_path),
        "quote": citation.quote,
        "passage": citation.passage.chunk.text,
    }


def nearest_json(nearest: NearestSource) -> dict[str, Any]:
    """A source that comes near a question, with the keys that the command contract fixes."""
    return {
        "source_id": nearest.source_id,
        "title": nearest.title,
        "url": nearest.url,
        "quote": nearest.quote,
    }


def passage_json(passage: Passage) -> dict[str, Any]:
    """A passage with its source and scores."""
    chunk, source = passage.chunk, passage.source
    return {
        "chunk_id": chunk.id,
        "source_id": source.id,
        "title": source.title,
        "kind": source.kind,
        "url": source.url,
        "page": chunk.page,
        "heading": heading_text(chunk.heading_path),
        "score": passage.score,
        "similarity": passage.similarity,
        "text": chunk.text,
    }
