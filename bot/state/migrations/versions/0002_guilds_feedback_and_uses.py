"""Per-guild settings, feedback, limits, and where answers stand."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns to the answers, which stay as they are, and the new tables."""
    with op.batch_alter_table("answers") as table:
        table.add_column(sa.Column("guild_id", sa.BigInteger))
        table.add_column(sa.Column("milliseconds", sa.Integer))
        table.add_column(
            sa.Column("ephemeral", sa.Boolean, nullable=False, server_default=sa.false())
        )
        table.add_column(sa.Column("corrected_at", sa.String))
        table.create_index("ix_answers_guild_id", ["guild_id"])
    op.create_table(
        "guild_settings",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String, nullable=False),
        sa.Column("guild_id", sa.BigInteger, index=True),
        sa.Column("person", sa.String, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("reason", sa.String),
        sa.Column("comment", sa.Text),
        sa.Column("reporter_id", sa.BigInteger),
        sa.Column("given_at", sa.String, nullable=False),
        sa.Column("resolved_at", sa.String),
        sa.Column("resolution", sa.Text),
        sa.UniqueConstraint("answer_id", "person", name="feedback_one_verdict"),
    )
    op.create_table(
        "uses",
        sa.Column("scope", sa.String, primary_key=True),
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("seconds", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("began", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("ends", sa.BigInteger, nullable=False, index=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Removes what was added."""
    for table in ("secrets", "uses", "feedback", "guild_settings"):
        op.drop_table(table)
    with op.batch_alter_table("answers") as answers:
        answers.drop_index("ix_answers_guild_id")
        for column in ("corrected_at", "ephemeral", "milliseconds", "guild_id"):
            answers.drop_column(column)
