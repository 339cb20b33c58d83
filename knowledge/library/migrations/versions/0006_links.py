"""Where briefs name what they rest on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the links of documents and chunks; the next ingest reads them."""
    for table in ("documents", "chunks"):
        op.add_column(table, sa.Column("links", sa.JSON))
