"""What chat models used, and how many of their sentences an answer left out."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table and a column."""
    op.create_table(
        "spending",
        sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.String, primary_key=True),
        sa.Column("written", sa.Integer, nullable=False),
        sa.Column("fallbacks", sa.Integer, nullable=False),
        sa.Column("input_tokens", sa.BigInteger, nullable=False),
        sa.Column("output_tokens", sa.BigInteger, nullable=False),
        sa.Column("unpriced_tokens", sa.BigInteger, nullable=False),
        sa.Column("microdollars", sa.BigInteger, nullable=False),
    )
    with op.batch_alter_table("answers") as answers:
        answers.add_column(sa.Column("removed", sa.Integer))


def downgrade() -> None:
    """Removes what was added."""
    with op.batch_alter_table("answers") as answers:
        answers.drop_column("removed")
    op.drop_table("spending")
