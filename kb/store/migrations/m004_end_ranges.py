"""The number after 之 at which a range of provisions ends."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Add the column; all texts are read again at the next filling of the library."""
    op.add_column("citations", sa.Column("last_suffix", sa.Integer))
    op.execute("DELETE FROM linked")
