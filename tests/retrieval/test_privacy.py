import subprocess
import sys


def test_haystack_tells_nobody_what_is_searched() -> None:
    program = (
        "import retrieval.search\n"
        "from haystack.telemetry import _telemetry\n"
        "assert _telemetry.telemetry is None, 'telemetry is on'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
