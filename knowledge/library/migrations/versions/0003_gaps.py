"""What readers asked and the library did not answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the counts of unanswered questions, and the questions an operator chose to keep."""
    op.create_table(
        "gaps",
        sa.Column("day", sa.String, primary_key=True),
        sa.Column("source_id", sa.String, primary_key=True),
        sa.Column("heading", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "gap_questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.String, nullable=False, index=True),
        sa.Column("source_id", sa.String, nullable=False),
        sa.Column("heading", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drops what was added."""
    op.drop_table("gap_questions")
    op.drop_table("gaps")
