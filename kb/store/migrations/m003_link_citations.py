"""Where the texts of the library name provisions, and with which names of laws each text was read."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Create the tables; texts stored before are read at the next filling of the library."""
    op.create_table(
        "citations",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document_key", sa.Integer, _owner("documents.key"), nullable=False),
        sa.Column("passage_id", sa.Integer, _owner("passages.id"), nullable=False),
        sa.Column("starts_at", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.Integer, nullable=False),
        sa.Column("law", sa.Text, nullable=False),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("suffix", sa.Integer),
        sa.Column("paragraph", sa.Integer),
        sa.Column("item", sa.Integer),
        sa.Column("last", sa.Integer),
        sa.Column("edition", sa.Integer),
    )
    op.create_index("citations_law", "citations", ["law", "article"])
    op.create_index("citations_document", "citations", ["document_key"])
    op.create_index("citations_passage", "citations", ["passage_id"])
    op.create_table(
        "linked",
        sa.Column("document_key", sa.Integer, _owner("documents.key"), primary_key=True),
        sa.Column("names", sa.String(64), nullable=False),
    )


def _owner(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")
