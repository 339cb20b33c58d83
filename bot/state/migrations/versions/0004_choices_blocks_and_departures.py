"""What people chose for their messages, whom servers block, and servers that were left."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds three tables."""
    op.create_table(
        "opt_outs",
        sa.Column("person", sa.String, primary_key=True),
        sa.Column("chosen_at", sa.String, nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.String, primary_key=True),
        sa.Column("blocked_at", sa.String, nullable=False),
    )
    op.create_table(
        "departures",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("left_at", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Removes what was added."""
    for table in ("departures", "blocks", "opt_outs"):
        op.drop_table(table)
