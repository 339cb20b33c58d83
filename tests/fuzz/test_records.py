"""Whatever stands in a manifest, in options or in the environment: usable, or one sentence."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import BotSettings
from ingest.manifest import read_manifest
from ingest.metadata import Overrides, describe_source, read_overrides
from ingest.settings import IngestSettings
from knowledge.errors import SettingsError
from knowledge.settings import KnowledgeSettings, read_settings
from tests.fuzz.strategies import TEXTS, mutated

UNHURRIED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
FIELDS = (*Overrides.model_fields, "path", "why", "checked", "unknown")
USUAL = [
    "2024", "2024-02-30", "2024-07-12", "law", "in-force", "favours-openness", "https://example.org",
    "file:///etc/passwd", "../x.md", "", " ", "CC BY 4.0", "~", "\u202e",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(USUAL),
    TEXTS,
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.sampled_from(USUAL), max_size=3),
)
MANIFEST = b"""# sources
[[source]]
path = "briefs/a.md"
title = "A"
kind = "law"
published = 2024-07-12

[[source]]
url = "https://example.org/b"
why = "it is cited"
"""


def toml_of(value: object) -> str:
    """A value as TOML writes it."""
    return json.dumps(value)


def check(path: Path) -> None:
    """A manifest is read, or the reason names the file in one line or two."""
    try:
        entries = read_manifest(path)
    except SettingsError as error:
        assert str(path) in str(error)
        return
    for entry in entries:
        assert entry.place
        read_overrides(dict(entry.overrides))


@given(seed=st.integers(0, 2**32), times=st.integers(1, 20))
@UNHURRIED
def test_a_changed_manifest_is_read_or_refused(tmp_path: Path, seed: int, times: int) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(mutated(MANIFEST, seed, times))
    check(path)


@given(records=st.lists(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5), max_size=4))
@UNHURRIED
def test_any_records_in_a_manifest_are_read_or_refused(
    tmp_path: Path, records: list[dict[str, object]]
) -> None:
    lines = []
    for record in records:
        lines += ["[[source]]", *(f"{name} = {toml_of(value)}" for name, value in record.items())]
    path = tmp_path / "sources.toml"
    path.write_text("\n".join(lines), "utf-8", errors="replace")
    check(path)


@given(values=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6))
@UNHURRIED
def test_any_options_make_a_source_or_one_sentence(values: dict[str, object]) -> None:
    try:
        given_ = read_overrides(values).given()
    except SettingsError as error:
        assert str(error).startswith("Unusable option.")
        return
    from ingest.extract import Metadata  # noqa: PLC0415

    source = describe_source("a", Metadata(), given_, name="x.md", retrieved=None)
    assert source.title


@pytest.mark.parametrize("kind", [KnowledgeSettings, IngestSettings, BotSettings])
@given(
    values=st.dictionaries(
        st.sampled_from(
            ["CAVEAT_DATA_DIR", "ENCODER", "DEVICE", "LEAST_CONFIDENCE", "KEEP_GAP_QUESTIONS",
             "DATABASE_URL", "DISCORD_TOKEN", "INGEST_CONTACT", "JUDGE_PATH", "RERANKER_PATH",
             "INGEST_ALLOW_PRIVATE"]
        ),
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30),
        max_size=6,
    )
)  # fmt: skip
@UNHURRIED
def test_any_environment_is_read_or_refused_without_its_secrets(
    kind: type[KnowledgeSettings], values: dict[str, str]
) -> None:
    secret = "s3cr3t-t0ken-value"
    values = values | {"DISCORD_TOKEN": secret, "DATABASE_URL": f"postgresql://u:{secret}@h/d"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        try:
            found = read_settings(kind)
        except SettingsError as error:
            assert secret not in str(error)
            return
    assert secret not in repr(found)
    assert secret not in str(found)
