"""The region whose rules are shown beside the national ones."""

from kb.documents import NATIONWIDE
from kb.errors import InputError
from kb.store.library import HOME_REGION
from ui.services import Services


def home_region(services: Services) -> str:
    """:returns: The region chosen on a page or by ``andian region``; until then that of the settings."""
    return services.library.value(HOME_REGION) or services.settings.region


def choose_home_region(services: Services, region: str) -> None:
    """
    Show the rules of `region` from now on.

    :raises InputError: If the library holds no rule of it.
    """
    offered = [place for place in services.library.regions() if place != NATIONWIDE]
    if region not in {*offered, services.settings.region}:
        known = "、".join(offered[:20]) or "（还没有地方法规）"
        raise InputError(f"资料库里没有“{region}”的法规", remedy=f"可以选 {known}")
    services.library.set_value(HOME_REGION, region)
