"""The badges of a hit: whether it is law, then and now, and whether it is another place's."""

from dataclasses import dataclass
from datetime import date
from html import escape

from kb.documents import NATIONWIDE, Origin, Status
from retrieval.query import Hit
from ui.presenters.labels import STATUSES

_ORIGINS = {Origin.TEACHING: "教学案例", Origin.REAL: "真实材料"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Time and place of a search."""

    today: date
    as_of: date | None = None
    """Day whose law is searched; ``None`` for today."""
    home_region: str = ""

    @property
    def another_day(self) -> bool:
        """Whether the law of another day is searched."""
        return self.as_of not in (None, self.today)


def badges_html(hit: Hit, setting: Setting) -> str:
    """:returns: Badges of a rule's standing and place, or of whose words another document holds."""
    if hit.status is None:
        origin = _ORIGINS.get(hit.document.document.origin)
        return f'<span class="badge">{origin}</span>' if origin else ""
    badges = [(hit.status.value, STATUSES[hit.status])]
    if setting.another_day:
        badges = _then_and_now(hit, hit.status, setting)
    region = hit.document.document.region
    if region not in (NATIONWIDE, setting.home_region, "") and setting.home_region:
        badges.append(("elsewhere", f"外地：{region}"))
    return "".join(f'<span class="badge {kind}"><bdi>{escape(name)}</bdi></span>' for kind, name in badges)


def in_force_today(hit: Hit, setting: Setting) -> bool:
    """:returns: Whether a hit is law today; what is no rule counts as such."""
    return hit.document.status_on(setting.today) in (None, Status.IN_FORCE)


def _then_and_now(hit: Hit, then: Status, setting: Setting) -> list[tuple[str, str]]:
    if hit.document.validity.since is None and hit.document.validity.until is None:
        return [("", "没有注明日期")]
    badges = [(then.value, "当时有效" if then is Status.IN_FORCE else f"当时{STATUSES[then]}")]
    now = hit.document.status_on(setting.today)
    if now is not None and now is not then:
        badges.append((now.value, f"今天{STATUSES[now]}"))
    return badges
