"""What is to be said of one reference on a day: good law, changed, gone, not yet, wrong, or not ours to tell."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from kb.documents import Origin, Status
from kb.references.holdings import Holdings, is_whole
from kb.references.paragraphs import paragraphs
from kb.references.reference import Reference
from kb.references.resolve import Extent, Outcome, Resolution, Version, resolve
from kb.references.wording import same_words
from kb.store.rows import StoredDocument


class State(StrEnum):
    """The answer, the gravest first."""

    NONEXISTENT = "nonexistent"
    """The library has the law's official text, and in it there is no such article, paragraph or item."""
    REPEALED = "repealed"
    AMENDED = "amended"
    """A newer version, now in force, words it otherwise or has it no more."""
    NOT_YET_IN_FORCE = "not_yet_in_force"
    OUTSIDE = "outside"
    """The library does not hold what it would take to tell; nothing is wrong with the reference."""
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reference to one provision, judged."""

    reference: Reference
    state: State
    note: str = ""
    """Chinese, for the user: why, since when, what exists instead."""
    cited: Version | None = None
    """The provision as it was meant; `Version.text` is what the reference names of it."""
    now: Version | None = None
    """With `State.AMENDED`: the provision as it is now."""
    replaced_by: StoredDocument | None = None
    """With `State.REPEALED`: what took the law's place, if the library holds it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """How a law came to an end."""

    note: str
    """Chinese: since when, and what replaced it."""
    replaced_by: StoredDocument | None = None
    """What took its place, if the library holds it."""


class Judge:
    """Judges references as of a day."""

    def __init__(self, holdings: Holdings, day: date, today: date):
        """
        :param holdings: Must have been read for the references that will be judged.
        :param day: For which references without an edition are meant.
        :param today: Changes until then, or until `day` if that is later, count as made.
        """
        self._holdings = holdings
        self._day = day
        self._now = max(day, today)

    def judge(self, reference: Reference) -> Verdict:
        """:returns: The verdict on one provision; of a range only the beginning counts."""
        resolution = resolve(self._holdings, reference)
        if resolution.outcome in (Outcome.HELD, Outcome.NO_PART):
            return self._held(resolution)
        if resolution.outcome is Outcome.LAW_NOT_HELD:
            return self._law_not_held(reference)
        gone = self.gone(reference.law)
        if resolution.extent is not None:
            return _no_article(reference, resolution.extent, gone)
        if gone is not None:
            return _repealed(reference, gone)
        if resolution.outcome is Outcome.OTHER_EDITION:
            held = "、".join(sorted({_edition(v) for v in self._holdings.versions(reference.law)}))
            note = f"资料库里没有{reference.edition}年的文本，只有{held}，无法核对"
        else:
            note = "资料库里只有这部规定的一部分或要点，没有收这一条，无法核对"
        return Verdict(reference, State.OUTSIDE, note)

    def gone(self, law: str) -> Gone | None:
        """:returns: How a law was abolished by the day, even if the library lacks it; ``None`` if it was not."""
        held = self._holdings.versions(law)
        if not held:
            repealer = self._holdings.repealer(law)
            since = repealer.validity.since if repealer else None
            abolished = since is not None and since <= self._day
            return (
                Gone(f"{_day(since)}起废止，由{_title(repealer)}取代", repealer)
                if repealer and abolished
                else None
            )
        ended = [rule for rule in held if rule.status_on(self._day) is Status.REPEALED]
        if not ended or self._holdings.in_force(law, self._day) is not None:
            return None
        return self._ended(max(ended, key=lambda rule: rule.document.version_date or date.min))

    def _ended(self, rule: StoredDocument) -> Gone:
        instead = self._holdings.replacement(rule)
        since = _day(rule.validity.until)
        by = f"，由{_title(instead)}取代" if instead else ""
        return Gone((f"{since}起废止" if since else "已经废止") + by, instead)

    def _law_not_held(self, reference: Reference) -> Verdict:
        gone = self.gone(reference.law)
        if gone is not None:
            note = f"{gone.note}；资料库里没有它的原文"
            return Verdict(reference, State.REPEALED, note, replaced_by=gone.replaced_by)
        note = "资料库里没有这部规定，无法核对"
        repealer = self._holdings.repealer(reference.law)
        if repealer is not None:
            note += f"；它到{_day(repealer.validity.since)}废止，由{_title(repealer)}取代"
        return Verdict(reference, State.OUTSIDE, note)

    # -- provisions that some version holds -------------------------------------------------------

    def _held(self, resolution: Resolution) -> Verdict:
        reference, cited = resolution.reference, self._meant(resolution)
        document = cited.document
        if cited.text is None:
            return self._no_part(resolution, cited)
        if document.status_on(self._day) is Status.REPEALED:
            return _repealed(reference, self._ended(document), cited)
        if document.status_on(self._day) is Status.NOT_YET_IN_FORCE and document.status_on(self._now) in (
            Status.NOT_YET_IN_FORCE,
            Status.IN_FORCE,
        ):
            note = f"{_day(document.validity.since)}起施行"
            return Verdict(reference, State.NOT_YET_IN_FORCE, note, cited)
        return self._compared(resolution, cited)

    def _meant(self, resolution: Resolution) -> Version:
        """The version that the reference means: of its edition, else of the day, else the nearest in time."""
        versions, year = resolution.versions, resolution.reference.edition
        if year is not None:
            dated = ((v, v.document.document.version_date) for v in versions)
            return next((v for v, day in dated if day is not None and day.year == year), versions[0])
        applying = _on(versions, self._day)
        if applying is not None:
            return applying
        begun = [v for v in versions if v.document.status_on(self._day) is not Status.NOT_YET_IN_FORCE]
        return begun[0] if begun else versions[-1]

    def _no_part(self, resolution: Resolution, cited: Version) -> Verdict:
        count = len(paragraphs(cited.passage.passage.text))
        asked, note = resolution.reference, f"这一条只有 {count} 款"
        if asked.item and not (asked.paragraph and asked.paragraph > count):
            chosen = paragraphs(cited.passage.passage.text)
            chosen = chosen[asked.paragraph - 1 : asked.paragraph] if asked.paragraph else chosen
            items = sum(len(p.items) for p in chosen)
            where = "这一款" if asked.paragraph else "这一条"
            note = f"{where}只有 {items} 项" if items else f"{where}没有分项"
        whole = replace(cited, text=cited.passage.passage.text)
        return Verdict(asked, State.NONEXISTENT, note, whole)

    def _compared(self, resolution: Resolution, cited: Version) -> Verdict:
        """The verdict on a text that is or was law: is it still the same?"""
        reference = resolution.reference
        current = _on(resolution.versions, self._now)
        law = self._holdings.in_force(reference.law, self._now)
        if current is None and law is None:
            return self._ended_since(reference, cited)
        if current is None and law is not None:
            missing = "没有这一条" if is_whole(law) else "资料库只有一部分或要点，没有收这一条"
            return self._changed(reference, cited, law, f"现行的{_edition(law)}{missing}")
        assert current is not None
        if _same_version(current, cited):
            return Verdict(reference, State.IN_FORCE, self._outlook(resolution, cited), cited)
        if _is_gist(current) or _is_gist(cited):
            note = f"已有{_edition(current.document)}，资料库里没有两个文本的原文可以对照，请查原文"
            return Verdict(reference, State.AMENDED, note, cited, now=current)
        if current.text is not None and same_words(cited.text or "", current.text):
            note = f"所引是{_edition(cited.document)}，现行的{_edition(current.document)}这里没有改动"
            return Verdict(reference, State.IN_FORCE, note, current)
        since = _day(current.document.validity.since)
        note = f"{since}起改用{_edition(current.document)}，这里有改动"
        return self._changed(reference, cited, current.document, note, current)

    def _changed(
        self, reference: Reference, cited: Version, law: StoredDocument, note: str, now: Version | None = None
    ) -> Verdict:
        """An amended provision, with the provision of the new version that says much the same."""
        if is_whole(law) and not _is_gist(cited):
            found = self._holdings.counterpart(cited.document, cited.passage.position, law)
            if found is not None and found.passage.ref != reference.provision:
                now = Version(law, found, found.passage.text)
                note += f"；内容相近的是现在的{found.passage.label}"
        return Verdict(reference, State.AMENDED, note, cited, now=now)

    def _ended_since(self, reference: Reference, cited: Version) -> Verdict:
        """A law of which nothing is in force any more: good on the day, or an old edition of it."""
        rules = self._holdings.versions(reference.law)
        last = max(rules, key=lambda rule: rule.validity.until or date.max)
        gone = self._ended(last)
        if self._holdings.in_force(reference.law, self._day) is None:
            return _repealed(reference, gone, cited)
        return Verdict(reference, State.IN_FORCE, f"所选日期有效；{gone.note}", cited)

    def _outlook(self, resolution: Resolution, cited: Version) -> str:
        """What is known to come of a provision in force, and what was not looked at."""
        notes = []
        if _is_gist(cited) and (resolution.reference.paragraph or resolution.reference.item):
            notes.append("资料库里只有它的要点，款和项没有核对")
        until, ended = cited.document.validity.until, cited.document.validity.superseded
        if until is not None and until > self._now:
            coming = _on(resolution.versions, until)
            if not ended:
                instead = self._holdings.replacement(cited.document)
                notes.append(f"{_day(until)}起废止" + (f"，由{_title(instead)}取代" if instead else ""))
            elif coming is None or coming.text is None or not same_words(coming.text, cited.text or ""):
                notes.append(f"{_day(until)}起施行新文本，这里有改动")
        return "；".join(notes)


def _no_article(reference: Reference, extent: Extent, gone: Gone | None) -> Verdict:
    """The verdict on an article that a whole official text lacks."""
    name, after = _title(extent.document), gone.note if gone else ""
    if not reference.suffix and extent.first.article < reference.article < extent.last.article:
        # Articles are numbered without gaps: the law has dropped this one, or our text has lost it.
        note = f"资料库里的{name}缺这一条，可能已经删去，也可能是文本不全，请查原文"
        return Verdict(reference, State.OUTSIDE, _joined(note, after))
    near = "、".join(map(_label, extent.nearest))
    span = f"{_label(extent.first)}至{_label(extent.last)}"
    note = f"{name}没有这一条：它共 {extent.count} 条（{span}），最近的是{near}"
    return Verdict(reference, State.NONEXISTENT, _joined(note, after))


def _repealed(reference: Reference, gone: Gone, cited: Version | None = None) -> Verdict:
    return Verdict(reference, State.REPEALED, gone.note, cited, replaced_by=gone.replaced_by)


def _on(versions: tuple[Version, ...], day: date) -> Version | None:
    """The version in force on a day; what is no rule has no span and always is."""
    return next((v for v in versions if v.document.status_on(day) in (Status.IN_FORCE, None)), None)


def _same_version(one: Version, other: Version) -> bool:
    return one.document.document.version_date == other.document.document.version_date


def _is_gist(version: Version) -> bool:
    return version.document.document.origin is Origin.DIGEST


def _title(stored: StoredDocument) -> str:
    return f"《{stored.document.short_title or stored.document.title}》"


def _edition(stored: StoredDocument) -> str:
    day = stored.document.version_date
    return f"{day.year}年文本" if day else "没有注明日期的文本"


def _label(reference: Reference) -> str:
    return reference.provision.removeprefix(reference.law)


def _day(day: date | None) -> str:
    return "" if day is None or day == date.min else f"{day.year}年{day.month}月{day.day}日"


def _joined(*notes: str) -> str:
    return "；".join(note for note in notes if note)
