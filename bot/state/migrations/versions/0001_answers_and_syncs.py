"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the answers with their cited passages, and what was synced to Discord."""
    op.create_table(
        "answers",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("build", sa.String),
        sa.Column("asked_at", sa.String, nullable=False, index=True),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("cited", sa.JSON, nullable=False),
    )
    op.create_table(
        "syncs",
        sa.Column("scope", sa.String, primary_key=True),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("synced_at", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Removes every table."""
    op.drop_table("syncs")
    op.drop_table("answers")
