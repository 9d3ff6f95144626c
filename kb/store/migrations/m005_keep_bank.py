"""The question bank: questions with all their versions, what was done to them, and where they were used."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """Create the tables, empty."""
    op.create_table(
        "bank_questions",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("type", sa.String(10), nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("difficulty", sa.Integer, nullable=False),
        sa.Column("department", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_index("bank_questions_topic", "bank_questions", ["topic"])
    op.create_table(
        "bank_versions",
        sa.Column("question_id", sa.String(80), _owner("bank_questions.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("reviewer", sa.Text),
        sa.Column("reviewed_at", sa.DateTime),
    )
    op.create_table(
        "bank_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("undone_at", sa.DateTime),
        sqlite_autoincrement=True,  # a number undoes one thing, and never another
    )
    op.create_table(
        "bank_uses",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("question_id", sa.String(80), sa.ForeignKey("bank_questions.id"), nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("change_id", sa.Integer, _owner("bank_changes.id"), nullable=False),
    )
    op.create_index("bank_uses_question", "bank_uses", ["question_id"])
    op.create_index("bank_uses_series", "bank_uses", ["series"])


def _owner(column: str) -> sa.ForeignKey:
    return sa.ForeignKey(column, ondelete="CASCADE")
