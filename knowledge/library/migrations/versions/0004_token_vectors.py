"""Vectors of the tokens of each text, beside the vector of the whole."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates an empty table: the next ingest makes what is missing."""
    op.create_table(
        "token_vectors",
        sa.Column("text_hash", sa.String, primary_key=True),
        sa.Column(
            "encoder_key", sa.String, sa.ForeignKey("encoders.key"), primary_key=True, index=True
        ),
        sa.Column("tokens", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drops what was added."""
    op.drop_table("token_vectors")
