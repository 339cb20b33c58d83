"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates sources, their locators, documents and chunks, and the vectors by encoder."""
    op.create_table(
        "sources",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("stance", sa.String, nullable=False),
        sa.Column("jurisdiction", sa.Text),
        sa.Column("published", sa.String),
        sa.Column("retrieved", sa.String),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("status_date", sa.String),
        sa.Column("superseded_by", sa.Text),
        sa.Column("licence", sa.Text),
        sa.Column("overrides", sa.JSON, nullable=False),
        sa.Column("added_at", sa.String, nullable=False),
        sa.Column("changed_at", sa.String, nullable=False),
    )
    source_id = "sources.id"
    op.create_table(
        "locators",
        sa.Column("locator", sa.Text, primary_key=True),
        sa.Column(
            "source_id",
            sa.String,
            sa.ForeignKey(source_id, ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("bytes_hash", sa.String, nullable=False),
        sa.Column("reading", sa.String, nullable=False),
        sa.Column("checked_at", sa.String, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column(
            "source_id", sa.String, sa.ForeignKey(source_id, ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("content_hash", sa.String, nullable=False, index=True),
        sa.Column("media_type", sa.String, nullable=False),
        sa.Column("embedded_title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("page_starts", sa.JSON, nullable=False),
        sa.Column("headings", sa.JSON, nullable=False),
    )
    op.create_table(
        "chunks",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column(
            "source_id",
            sa.String,
            sa.ForeignKey(source_id, ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer),
        sa.Column("page_breaks", sa.JSON, nullable=False),
        sa.Column("heading_path", sa.JSON, nullable=False),
        sa.Column("heading_breaks", sa.JSON, nullable=False),
        sa.Column("text_hash", sa.String, nullable=False, index=True),
    )
    op.create_table(
        "encoders",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("identity", sa.JSON, nullable=False),
    )
    op.create_table(
        "vectors",
        sa.Column("text_hash", sa.String, primary_key=True),
        sa.Column(
            "encoder_key", sa.String, sa.ForeignKey("encoders.key"), primary_key=True, index=True
        ),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drops every table."""
    for table in ("vectors", "encoders", "chunks", "documents", "locators", "sources"):
        op.drop_table(table)
