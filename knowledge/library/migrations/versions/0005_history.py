"""What happened to sources, which were retracted, and which readers suggested."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the tables, and fills the history with what the library already tells of it."""
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("source_id", sa.String, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("superseded_by", sa.Text),
    )
    op.create_table(
        "retractions",
        sa.Column("source_id", sa.String, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String, nullable=False, index=True),
    )
    op.create_table(
        "retracted_places",
        sa.Column("place", sa.Text, primary_key=True),
        sa.Column(
            "source_id",
            sa.String,
            sa.ForeignKey("retractions.source_id", ondelete="CASCADE"),
            primary_key=True,
        ),
    )
    op.create_table(
        "suggestions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("contact", sa.String),
        sa.Column("guild", sa.String),
        sa.Column("status", sa.String, nullable=False, index=True),
        sa.Column("reason", sa.Text),
        sa.Column("source_id", sa.String),
        sa.Column("told", sa.String),
        sa.Column("suggested_at", sa.String, nullable=False),
        sa.Column("decided_at", sa.String),
    )
    _tell_the_past()


def downgrade() -> None:
    """Drops what was added."""
    for table in ("suggestions", "retracted_places", "retractions", "changes"):
        op.drop_table(table)


def _tell_the_past() -> None:
    """Notes when each source was added, and when its text changed: the newest 500 of it."""
    op.execute(
        """
        INSERT INTO changes (at, what, source_id, title)
        SELECT at, what, source_id, title FROM (
            SELECT added_at AS at, 'added' AS what, id AS source_id, title FROM sources
            UNION ALL
            SELECT versions."until", 'changed', sources.id, sources.title
            FROM versions JOIN sources ON sources.id = versions.source_id
            ORDER BY 1 DESC LIMIT 500
        ) AS past ORDER BY at, what, source_id
        """
    )
