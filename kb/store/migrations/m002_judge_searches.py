"""What people say of searches: judgements, the log, what was done about gaps, and evaluation runs."""

import sqlalchemy as sa
from alembic.operations import Operations


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def upgrade(op: Operations) -> None:
    """Create the tables, empty."""
    op.create_table(
        "judgements",
        _number(),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(5), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("query", "target"),
    )
    op.create_table(
        "searches",
        _number(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("hits", sa.Integer, nullable=False),
        sa.Column("top_score", sa.Float),
        sa.Column("opened", sa.Boolean, nullable=False),
        sa.Column("missed", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("searches_text", "searches", ["text"])
    op.create_table(
        "gaps",
        _number(),
        sa.Column("texts", sa.JSON, nullable=False),
        sa.Column("how", sa.String(10), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sqlite_autoincrement=True,  # a number undoes one thing, and never another
    )
    op.create_table(
        "synonyms",
        _number(),
        sa.Column("term", sa.Text, nullable=False),
        sa.Column("alias", sa.Text, nullable=False),
        sa.UniqueConstraint("term", "alias"),
    )
    op.create_table(
        "links",
        _number(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("ref", sa.Text, nullable=False),
        sa.UniqueConstraint("text", "ref"),
    )
    op.create_table(
        "evaluations",
        _number(),
        sa.Column("gold", sa.String(64), nullable=False),
        sa.Column("queries", sa.Integer, nullable=False),
        sa.Column("setup", sa.Text, nullable=False),
        sa.Column("figures", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
