"""``andian serve``: prepare the library and open the web pages."""

from argparse import Namespace
from ipaddress import ip_address

from kb.errors import SettingsError
from ui.services import Services
from ui.terminal import TerminalProgress


def run(arguments: Namespace, services: Services) -> int:
    """
    Serve until interrupted.

    :raises SettingsError: If the address is not this machine's own: there are no accounts to protect
        uploads and removals from everybody on the network.
    :raises AndianError: If the port is in use or the library cannot be prepared.
    """
    host = arguments.host or services.settings.host
    port = services.settings.port if arguments.port is None else arguments.port
    if not _is_loopback(host):
        raise SettingsError(
            f"地址 {host} 会让网络上的任何人都能改动资料库，目前还没有登录功能；请用 127.0.0.1（只限本机）"
        )
    from ui.app import serve

    serve(services, host, port, TerminalProgress())
    return 0


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
