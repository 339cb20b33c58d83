"""What a source on the web needs: validators, failures, its manifest, and earlier versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns to locators, and a table of replaced versions."""
    for column in ("etag", "last_modified", "origin", "failed_at", "trouble"):
        op.add_column("locators", sa.Column(column, sa.Text))
    op.add_column("locators", sa.Column("failures", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "source_id",
            sa.String,
            sa.ForeignKey("sources.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("since", sa.String, nullable=False),
        sa.Column("until", sa.String, nullable=False),
    )


def downgrade() -> None:
    """Drops what was added."""
    op.drop_table("versions")
    for column in ("failures", "trouble", "failed_at", "origin", "last_modified", "etag"):
        op.drop_column("locators", column)
