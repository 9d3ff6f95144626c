"""What the dictionary files of a corpus must look like: glossary, law names, topics, shared phrases."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kb.bank.question import Identifier, ReferenceText, Text
from kb.documents import Level


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Term(_Strict):
    """A word of the trade (``terms`` of a glossary)."""

    term: Text
    aliases: list[Text] = []
    definition: Text
    refs: list[ReferenceText] = []


class NamedLaw(_Strict):
    """A statute of the installed package (``laws``)."""

    name: Text
    aliases: list[Text] = []
    short: list[Text] = []
    renumbered: date | None = None
    """Ordinary words that mean the law only right before the number of an article: 消防28条."""
    topics: list[Text] = []
    effective_from: date | None = None
    note: str = ""


class OutsideLaw(_Strict):
    """A rule that the default library does not take from the package (``laws_outside_package``)."""

    name: Text
    aliases: list[Text] = []
    short: list[Text] = []
    renumbered: date | None = None
    region: Text
    level: Annotated[Level, Field(strict=False)]


class Topic(_Strict):
    """One of the subjects by which everything is sorted (``topics``)."""

    name: Text
    slug: Identifier


class SharedPhrase(_Strict):
    """Set wording that may stand in our texts as it does elsewhere (``phrases``)."""

    text: Annotated[str, Field(min_length=4, max_length=60)]
    why: Text
