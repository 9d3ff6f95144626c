import re
import socket
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from kb.errors import AndianError
from kb.progress import SilentProgress
from ui.app import serve
from ui.services import Services


def get(address: str) -> str:
    with urlopen(address, timeout=10) as answer:
        text: str = answer.read().decode()
    return text


def test_health(server_url: str) -> None:
    assert '"status":"ok"' in get(f"{server_url}/healthz")


@pytest.mark.parametrize("route", ["/", "/read", "/cite", "/library"])
def test_pages_load_nothing_from_elsewhere(server_url: str, route: str) -> None:
    html = get(server_url + route)
    assert "/andian/andian.css" in html
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="([^"]+)"', html)
    assert not [a for a in loaded if re.match(r"(https?:)?//", a) and not a.startswith(server_url)]


def test_our_assets_are_served(server_url: str) -> None:
    addresses = re.findall(r"/andian/[\w.]+\?[0-9a-f]+", get(server_url))
    assert {a.partition("?")[0] for a in addresses} >= {"/andian/andian.css", "/andian/andian.js"}
    assert all(get(server_url + address) for address in addresses)


def test_no_interface_documentation_that_loads_scripts_from_elsewhere(server_url: str) -> None:
    for route in ("/docs", "/redoc"):
        with pytest.raises(HTTPError, match="404"):
            get(server_url + route)


def test_a_taken_port_is_named_with_a_remedy(services: Services) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AndianError, match=rf"端口 {port} 已被占用；.*--port"):
            serve(services, "127.0.0.1", port, SilentProgress())


def test_an_address_of_another_machine_is_refused(services: Services) -> None:
    with pytest.raises(AndianError, match="不能监听 192.0.2.1"):
        serve(services, "192.0.2.1", 0, SilentProgress())
