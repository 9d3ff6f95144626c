"""Documents, their passages, what they repeal, and the library's revision counter."""

import sqlalchemy as sa
from alembic.operations import Operations


def _owner() -> sa.ForeignKey:
    return sa.ForeignKey("documents.key", ondelete="CASCADE")


def upgrade(op: Operations) -> None:
    """Create the tables of an empty library."""
    op.create_table(
        "documents",
        sa.Column("key", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("short_title", sa.Text, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("level", sa.String(20)),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("version_date", sa.Date),
        sa.Column("published", sa.Date),
        sa.Column("facts_date", sa.Date),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date),
        sa.Column("effective_to", sa.Date),
        sa.Column("repealed", sa.Boolean, nullable=False),
        sa.Column("history", sa.JSON, nullable=False),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("origin_path", sa.Text, nullable=False),
        sa.Column("origin_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("collection", sa.String(20), nullable=False),
        sa.Column("valid_since", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("replaced_by", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime, nullable=False),
        sa.Column("removed_at", sa.DateTime),
    )
    op.create_index("documents_short_title", "documents", ["short_title"])
    op.create_index("documents_origin_path", "documents", ["origin_path"])
    op.create_index("documents_content_hash", "documents", ["content_hash"])
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("document_key", sa.Integer, _owner(), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("path", sa.JSON, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("document_key", "position"),
    )
    op.create_index("passages_ref", "passages", ["ref"])
    op.create_table(
        "repeals",
        sa.Column("document_key", sa.Integer, _owner(), primary_key=True),
        sa.Column("short_title", sa.Text, primary_key=True),
    )
    op.create_table(
        "library",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
