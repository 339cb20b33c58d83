"""What the corrections of an answer tell, so that each is made once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a column to the answers, which stay as they are."""
    with op.batch_alter_table("answers") as table:
        table.add_column(sa.Column("corrected_for", sa.JSON))


def downgrade() -> None:
    """Removes what was added."""
    with op.batch_alter_table("answers") as table:
        table.drop_column("corrected_for")
