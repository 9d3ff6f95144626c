"""What the filters of the search page offer, with counts."""

from collections.abc import Sequence

from kb.documents import NATIONWIDE, Kind, Status
from ui.inquiry import ALL, Findings
from ui.presenters.hits import SECTIONS, count_label
from ui.presenters.labels import STATUSES

Choices = list[tuple[str, str]]
_MOST_TOPICS = 40

KINDS: Choices = [("全部", ""), *((name, kind.value) for kind, name in SECTIONS.items())]


def kind_choices(findings: Findings) -> Choices:
    """:returns: The kinds with the number of hits of each."""
    return [
        ("全部", ""),
        *((f"{SECTIONS[s.kind]} {count_label(s)}", s.kind.value) for s in findings.sections),
    ]


def topic_choices(findings: Findings) -> Choices:
    """:returns: The topics of the best matches, most frequent first."""
    counts = findings.facets.topics
    ordered = sorted(counts, key=lambda topic: (-counts[topic], topic))[:_MOST_TOPICS]
    choices = [("全部主题", ""), *((f"{topic}（{counts[topic]}）", topic) for topic in ordered)]
    return _with(findings.inquiry.topic, choices)


def region_choices(findings: Findings, home_region: str, known: Sequence[str] = ()) -> Choices:
    """
    Offer the usual regions, everywhere, and the other places, those of the best matches first.

    :param known: Regions of which the library holds rules.
    """
    counts = findings.facets.regions
    places = {*counts, *known} - {NATIONWIDE, home_region}
    others = sorted(places, key=lambda place: (-counts.get(place, 0), place))
    choices = [
        (f"全国和{home_region}", ""),
        ("各地都看", ALL),
        *((_counted_place(place, counts.get(place, 0)), place) for place in others),
    ]
    return _with(findings.inquiry.region, choices)


def status_choices(findings: Findings) -> Choices:
    """:returns: In force, everything, and the other states with the number of provisions in each."""
    counts = findings.facets.statuses
    return [
        (_counted(STATUSES[Status.IN_FORCE], counts.get(Status.IN_FORCE, 0)), ""),
        ("不论是否有效", ALL),
        *((_counted(STATUSES[s], counts.get(s, 0)), s.value) for s in Status if s is not Status.IN_FORCE),
    ]


def kind_value(kind: Kind | None) -> str:
    """:returns: The value that stands for `kind` in the form."""
    return kind.value if kind else ""


def _counted_place(place: str, count: int) -> str:
    return f"全国和{place}（{place} {count}）" if count else f"全国和{place}"


def _counted(name: str, count: int) -> str:
    return f"{name}（{count}）" if count else name


def _with(value: str, choices: Choices) -> Choices:
    return choices if value in {v for _, v in choices} else [*choices, (f"{value}（0）", value)]
