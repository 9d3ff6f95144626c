"""The tables as queries see them; `kb.store.migrations` creates them."""

import sqlalchemy as sa

metadata = sa.MetaData()

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text),
    sa.Column("kind", sa.String),
    sa.Column("title", sa.Text),
    sa.Column("short_title", sa.Text),
    sa.Column("part", sa.Text),
    sa.Column("level", sa.String),
    sa.Column("region", sa.Text),
    sa.Column("origin", sa.String),
    sa.Column("issuer", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("topics", sa.JSON),
    sa.Column("version_date", sa.Date),
    sa.Column("published", sa.Date),
    sa.Column("facts_date", sa.Date),
    sa.Column("place", sa.Text),
    sa.Column("effective_from", sa.Date),
    sa.Column("effective_to", sa.Date),
    sa.Column("repealed", sa.Boolean),
    sa.Column("history", sa.JSON),
    sa.Column("notes", sa.JSON),
    sa.Column("origin_path", sa.Text),
    sa.Column("origin_hash", sa.String),
    sa.Column("content_hash", sa.String),
    sa.Column("collection", sa.String),
    sa.Column("valid_since", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.Column("superseded", sa.Boolean),
    sa.Column("replaced_by", sa.Text),
    sa.Column("saved_at", sa.DateTime),
    sa.Column("removed_at", sa.DateTime),
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document_key", sa.ForeignKey("documents.key")),
    sa.Column("position", sa.Integer),
    sa.Column("ref", sa.Text),
    sa.Column("label", sa.Text),
    sa.Column("path", sa.JSON),
    sa.Column("role", sa.String),
    sa.Column("text", sa.Text),
)

repeals = sa.Table(
    "repeals",
    metadata,
    sa.Column("document_key", sa.ForeignKey("documents.key"), primary_key=True),
    sa.Column("short_title", sa.Text, primary_key=True),
)

library = sa.Table(
    "library",
    metadata,
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("value", sa.Text),
)

citations = sa.Table(
    "citations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document_key", sa.ForeignKey("documents.key")),
    sa.Column("passage_id", sa.ForeignKey("passages.id")),
    sa.Column("starts_at", sa.Integer),
    sa.Column("ends_at", sa.Integer),
    sa.Column("law", sa.Text),
    sa.Column("article", sa.Integer),
    sa.Column("suffix", sa.Integer),
    sa.Column("paragraph", sa.Integer),
    sa.Column("item", sa.Integer),
    sa.Column("last", sa.Integer),
    sa.Column("edition", sa.Integer),
    sa.Column("last_suffix", sa.Integer),
)

linked = sa.Table(
    "linked",
    metadata,
    sa.Column("document_key", sa.ForeignKey("documents.key"), primary_key=True),
    sa.Column("names", sa.String),
)

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("query", sa.Text),
    sa.Column("target", sa.Text),
    sa.Column("verdict", sa.String),
    sa.Column("at", sa.DateTime),
)

searches = sa.Table(
    "searches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text),
    sa.Column("kind", sa.String),
    sa.Column("hits", sa.Integer),
    sa.Column("top_score", sa.Float),
    sa.Column("opened", sa.Boolean),
    sa.Column("missed", sa.Boolean),
    sa.Column("at", sa.DateTime),
)

gaps = sa.Table(
    "gaps",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("texts", sa.JSON),
    sa.Column("how", sa.String),
    sa.Column("detail", sa.JSON),
    sa.Column("at", sa.DateTime),
)

synonyms = sa.Table(
    "synonyms",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("term", sa.Text),
    sa.Column("alias", sa.Text),
)

links = sa.Table(
    "links",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text),
    sa.Column("ref", sa.Text),
)

evaluations = sa.Table(
    "evaluations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("gold", sa.String),
    sa.Column("queries", sa.Integer),
    sa.Column("setup", sa.Text),
    sa.Column("figures", sa.JSON),
    sa.Column("at", sa.DateTime),
)

bank_questions = sa.Table(
    "bank_questions",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("version", sa.Integer),
    sa.Column("state", sa.String),
    sa.Column("origin", sa.String),
    sa.Column("type", sa.String),
    sa.Column("topic", sa.Text),
    sa.Column("difficulty", sa.Integer),
    sa.Column("department", sa.Text),
    sa.Column("region", sa.Text),
    sa.Column("words", sa.Text),
    sa.Column("created_at", sa.DateTime),
    sa.Column("changed_at", sa.DateTime),
)

bank_versions = sa.Table(
    "bank_versions",
    metadata,
    sa.Column("question_id", sa.ForeignKey("bank_questions.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("content", sa.JSON),
    sa.Column("author", sa.Text),
    sa.Column("at", sa.DateTime),
    sa.Column("reviewer", sa.Text),
    sa.Column("reviewed_at", sa.DateTime),
)

bank_changes = sa.Table(
    "bank_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("action", sa.String),
    sa.Column("actor", sa.Text),
    sa.Column("at", sa.DateTime),
    sa.Column("before", sa.JSON),
    sa.Column("after", sa.JSON),
    sa.Column("undone_at", sa.DateTime),
)

bank_uses = sa.Table(
    "bank_uses",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("question_id", sa.ForeignKey("bank_questions.id")),
    sa.Column("series", sa.Text),
    sa.Column("change_id", sa.ForeignKey("bank_changes.id")),
)
