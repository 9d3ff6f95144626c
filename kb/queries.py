"""Questions as lay people type them, with the provisions and cases that answer them."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kb.bank.question import Identifier, ReferenceText, Text
from kb.marked_yaml import Marked
from kb.placed import Loaded, validated

KEY = "queries"
Style = Literal["complaint", "keywords", "situation", "typo"]


class LayQuery(BaseModel):
    """One question in lay words."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Identifier
    topic: Text
    style: Style
    text: Annotated[str, Field(min_length=2, max_length=400)]
    refs: Annotated[list[ReferenceText], Field(min_length=1, max_length=5)]
    """Every provision that controls the answer, the most important first."""
    cases: list[Identifier] = []


_QUERY = TypeAdapter(LayQuery)


def load_queries(document: Marked, path: str) -> Loaded[LayQuery]:
    """:returns: The valid queries of a file (``topic: …`` and ``queries: […]``), and what is wrong with the others."""
    return validated(_QUERY, document.entries(KEY), path, {"topic": document.value.get("topic")})
