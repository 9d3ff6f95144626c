"""``andian region``: which region's rules are shown by default, and its choice."""

import json
from argparse import Namespace

from kb.documents import NATIONWIDE
from ui.region import choose_home_region, home_region
from ui.services import Services
from ui.terminal import TerminalProgress


def run(arguments: Namespace, services: Services) -> int:
    """
    Show or choose the home region.

    :raises InputError: If the library holds no rule of the region that is chosen.
    """
    services.fill(TerminalProgress())
    if arguments.region:
        choose_home_region(services, arguments.region)
    home = home_region(services)
    others = [place for place in services.library.regions() if place not in (home, NATIONWIDE)]
    if arguments.json:
        print(json.dumps({"region": home, "others": others}, ensure_ascii=False))
        return 0
    print(f"默认检索{NATIONWIDE}和{home}的法规")
    if others:
        print(f"还有这些地区的：{'、'.join(others)}；用 andian region 地区 更换，或检索时加 --region")
    return 0
