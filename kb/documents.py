"""The nouns of the library: documents, their passages, and when they apply."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a document is."""

    REGULATION = "regulation"
    CASE = "case"
    BULLETIN = "bulletin"
    PROCEDURE = "procedure"


class Status(StrEnum):
    """Whether a document applies on a given day."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    NOT_YET_IN_FORCE = "not_yet_in_force"


class Origin(StrEnum):
    """Whose words a document holds."""

    OFFICIAL = "official"
    DIGEST = "digest"
    REAL = "real"
    TEACHING = "teaching"


class Level(StrEnum):
    """Rank of a rule in the legal order (立法法); the value is what a user reads."""

    CONSTITUTION = "宪法"
    LAW = "法律"
    ADMINISTRATIVE_REGULATION = "行政法规"
    JUDICIAL_INTERPRETATION = "司法解释"
    DEPARTMENT_RULE = "部门规章"
    LOCAL_REGULATION = "地方性法规"
    NORMATIVE_DOCUMENT = "规范性文件"


class Role(StrEnum):
    """What a passage is inside its document."""

    PROVISION = "provision"
    SECTION = "section"
    PREAMBLE = "preamble"
    APPENDIX = "appendix"


NATIONWIDE = "全国"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One line of a statute's history: what happened on which day."""

    on: date
    event: str


@dataclass(frozen=True, slots=True)
class Passage:
    """
    The smallest part one would cite.

    A provision (条) with its paragraphs and items inside, a section of a case, or a group of
    paragraphs of a bulletin. `ref` is the canonical reference of a provision
    (``民法典第二百七十八条``); elsewhere it is empty and the document's id stands for it.
    """

    label: str
    """What the reader shows as its name: ``第二百七十八条``, ``裁判要旨``, or empty."""
    text: str
    """Official or own text; one line a paragraph (款) or item (项)."""
    path: tuple[str, ...] = ()
    """Headings above it, outermost first: ``("第二编 物权", "第六章 业主的…")``."""
    role: Role = Role.SECTION
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """
    One statute version, one case, one bulletin article, or one procedure.

    `title` is as printed; `short_title` is the canonical law name used in references. Dates that a
    source does not give stay ``None``: nothing is guessed. Whether a regulation applies on a day
    follows from `effective_from`, `effective_to` and `repealed` (see `kb.validity`).
    """

    id: str
    kind: Kind
    title: str
    passages: tuple[Passage, ...] = ()
    short_title: str = ""
    part: str = ""
    """Which part of a statute this file holds when one statute spans files (``物权编``)."""
    level: Level | None = None
    region: str = NATIONWIDE
    origin: Origin = Origin.OFFICIAL
    issuer: str = ""
    """Who issued the rule, or published the bulletin."""
    source: str = ""
    """Where the text came from: a file's path, a package entry or an address."""
    topics: tuple[str, ...] = ()
    version_date: date | None = None
    """Day this version of the text was passed or published; orders the versions of one statute."""
    published: date | None = None
    """Day a case or bulletin was published."""
    facts_date: date | None = None
    """Day or period the reported facts belong to, where it differs from `published`."""
    place: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    repealed: bool = False
    """The source itself says this text is no longer law and gives no successor of the same name."""
    history: tuple[Amendment, ...] = ()
    repeals: tuple[str, ...] = ()
    """Short titles of the rules that this document's final provisions abolish."""
    notes: tuple[str, ...] = field(default=())
    """Remarks shown with the source: a trap in the data, a low-trust origin."""
