"""Real texts to measure on: provisions and questions from the data beside the project."""

import json
import random
import re
from itertools import pairwise
from pathlib import Path

PROVISION = re.compile(r"^第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?\s", re.MULTILINE)
FOLDERS = ("民法典", "民法商法", "社会法", "经济法", "行政法", "行政法规", "部门规章")


def provisions(data: Path, count: int, seed: int = 0) -> list[str]:
    """
    :param data: Folder that holds ``lawrefbook``.
    :returns: `count` provisions of statutes, drawn with `seed`; the same on every machine.
    :raises SystemExit: If the data are not there.
    """
    files = [f for folder in FOLDERS for f in sorted((data / "lawrefbook" / folder).rglob("*.md"))]
    if not files:
        raise SystemExit(f"no statutes under {data / 'lawrefbook'}; point --data at them")
    found = [text for file in files for text in _split(file.read_text(encoding="utf-8"))]
    return random.Random(seed).sample(found, min(count, len(found)))


def questions(data: Path, count: int, seed: int = 0) -> list[str]:
    """:returns: `count` questions of citizens from ``stard``, drawn with `seed`."""
    lines = (data / "stard" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["query"] for line in random.Random(seed).sample(lines, min(count, len(lines)))]


def _split(text: str) -> list[str]:
    bounds = [match.start() for match in PROVISION.finditer(text)] + [len(text)]
    return [text[start:end].split("\n#")[0].strip() for start, end in pairwise(bounds)]
