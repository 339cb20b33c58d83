"""The tables of the bot's state; `migrations/` brings an older database to them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

SCHEMA_VERSION = "0006"
VERSION_TABLE = "alembic_version_bot"

metadata = MetaData()

answers = Table(
    "answers",
    metadata,
    Column("id", String, primary_key=True),
    Column("build", String),
    Column("asked_at", String, nullable=False, index=True),
    Column("guild_id", BigInteger, index=True),  # None in direct messages
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    Column("outcome", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("cited", JSON, nullable=False),
    Column("milliseconds", Integer),
    Column("ephemeral", Boolean, nullable=False, server_default=false()),
    Column("corrected_at", String),
    Column("corrected_for", JSON),  # what its corrections tell, such as "retracted:source"
    Column("removed", Integer),  # how many sentences of a chat model failed the check
)

syncs = Table(
    "syncs",
    metadata,
    Column("scope", String, primary_key=True),  # "global" or a guild's id
    Column("digest", String, nullable=False),
    Column("synced_at", String, nullable=False),
)

guild_settings = Table(
    "guild_settings",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("settings", JSON, nullable=False),
    Column("changed_at", String, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("answer_id", String, nullable=False),
    Column("guild_id", BigInteger, index=True),
    Column("person", String, nullable=False),  # a pseudonym
    Column("verdict", String, nullable=False),
    Column("reason", String),
    Column("comment", Text),
    Column("reporter_id", BigInteger),  # kept until the reporter was told
    Column("given_at", String, nullable=False),
    Column("resolved_at", String),
    Column("resolution", Text),
    UniqueConstraint("answer_id", "person", name="feedback_one_verdict"),
)

uses = Table(
    "uses",
    metadata,
    Column("scope", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("seconds", Integer, primary_key=True, autoincrement=False),  # length of the window
    Column("began", BigInteger, primary_key=True, autoincrement=False),  # seconds since 1970
    Column("ends", BigInteger, nullable=False, index=True),
    Column("count", Integer, nullable=False),
)

refusals = Table(  # how long those wait who were refused again and again
    "refusals",
    metadata,
    Column("key", String, primary_key=True),  # a server's id or "dm", and a pseudonym
    Column("count", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),  # seconds since 1970, as what follows
    Column("until", BigInteger, nullable=False),
    Column("ends", BigInteger, nullable=False, index=True),
)

opt_outs = Table(  # authors whose messages nobody may have checked
    "opt_outs",
    metadata,
    Column("person", String, primary_key=True),  # a pseudonym
    Column("chosen_at", String, nullable=False),
)

blocks = Table(
    "blocks",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person", String, primary_key=True),  # a pseudonym
    Column("blocked_at", String, nullable=False),
)

departures = Table(  # servers that the bot was taken out of
    "departures",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("left_at", String, nullable=False),
)

spending = Table(  # what chat models used, of nobody in particular
    "spending",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),  # 0: outside of servers
    Column("day", String, primary_key=True),  # in UTC
    Column("written", Integer, nullable=False),
    Column("fallbacks", Integer, nullable=False),
    Column("input_tokens", BigInteger, nullable=False),
    Column("output_tokens", BigInteger, nullable=False),
    Column("unpriced_tokens", BigInteger, nullable=False),
    Column("microdollars", BigInteger, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
