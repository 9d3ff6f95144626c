import dataclasses
from pathlib import Path

import pytest

from kb.errors import SettingsError
from kb.settings import Settings, load_settings


@pytest.fixture
def home(tmp_path):
    return tmp_path / "资料"


def write(home: Path, text: str, encoding: str = "utf-8") -> Path:
    home.mkdir(exist_ok=True)
    (home / "andian.toml").write_text(text, encoding=encoding)
    return home


def refusal(home: Path, **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, home)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_defaults_need_no_file_and_make_none(home):
    settings = load_settings({}, home)
    assert settings == Settings(home=home)
    assert settings.database == f"sqlite:///{home / 'andian.db'}"
    assert (settings.index_dir, settings.model_dir) == (home / "index", home / "models")
    assert not home.exists()


def test_environment_beats_file_beats_defaults(home):
    write(home, 'region = "浙江"\nport = 8000\nkeyword_weight = 1')
    settings = load_settings({"ANDIAN_PORT": "9000", "PORT": "1", "ANDIAN_SUPPORT_WEIGHT": "0.5"}, home)
    assert (settings.region, settings.port, settings.host) == ("浙江", 9000, "127.0.0.1")
    assert (settings.keyword_weight, settings.support_weight) == (1.0, 0.5)


def test_home_comes_from_the_argument_then_the_environment(home, tmp_path):
    other = tmp_path / "other"
    assert load_settings({"ANDIAN_HOME": str(other)}).home == other
    assert load_settings({"ANDIAN_HOME": str(other)}, home).home == home
    assert load_settings({"ANDIAN_HOME": "~/x"}).home.is_absolute()
    assert load_settings({}).home.name == "andian"


def test_file_of_the_home_named_by_the_environment_is_read(home):
    write(home, "port = 8000")
    assert load_settings({"ANDIAN_HOME": str(home)}).port == 8000


def test_process_environment_is_the_default_source(home, monkeypatch):
    monkeypatch.setenv("ANDIAN_REGION", "江苏")
    assert load_settings(home=home).region == "江苏"


def test_file_written_by_notepad_is_read(home):
    write(home, "port = 8000", encoding="utf-8-sig")
    assert load_settings({}, home).port == 8000


def test_database_address_can_be_set(home):
    assert load_settings({"ANDIAN_DATABASE_URL": "postgresql://h/d"}, home).database == "postgresql://h/d"


@pytest.mark.parametrize("key", ["colour", "Port", "home"])
def test_unknown_key_in_the_file_is_an_error(home, key):
    message = refusal(write(home, f'{key} = "x"'))
    assert message.startswith(f"{home / 'andian.toml'}：没有名为“{key}”的设置；可用的有 ")
    assert "embedding_model" in message


def test_unknown_key_in_the_environment_is_an_error(home):
    assert refusal(home, ANDIAN_COLOUR="x").startswith("环境变量 ANDIAN_COLOUR：没有名为“colour”的设置")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('port = "web"', "设置 port 的值“web”不是整数"),
        ("threads = true", "不是整数"),
        ("threads = 2.5", "不是整数"),
        ("keyword_weight = [1]", "不是数字"),
        ("keyword_weight = 2020-01-01", "不是数字"),
        ("region = 5", "设置 region 的值“5”不是文字"),
        ('region = ["上海"]', "不是文字"),
        ("corpus = 1", "不是文字"),
        ("embedding_model = { name = 1 }", "不是文字"),
    ],
)
def test_wrong_type_is_an_error(home, line, reason):
    message = refusal(write(home, line))
    assert message.startswith(f"{home / 'andian.toml'}：")
    assert reason in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CORPUS", "mine"),
        ("KEYWORD_WEIGHT", "1.1"),
        ("KEYWORD_WEIGHT", "nan"),
        ("SUPPORT_WEIGHT", "-1"),
        ("SUPPORT_WEIGHT", "nan"),
        ("SUPPORT_WEIGHT", "inf"),
        ("THREADS", "-1"),
        ("PORT", "65536"),
        ("PORT", ""),
    ],
)
def test_impossible_value_is_an_error_that_names_the_setting(home, name, value):
    message = refusal(home, **{f"ANDIAN_{name}": value})
    assert name.lower() in message
    assert value in message


@pytest.mark.parametrize("content", [b"port = ", "region = “上海”".encode("gb18030"), b"\xff"])
def test_broken_file_is_an_error_that_names_it(home, content):
    home.mkdir()
    (home / "andian.toml").write_bytes(content)
    assert refusal(home).startswith(f"{home / 'andian.toml'}：设置文件读不懂")


def test_settings_do_not_change(home):
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings(home=home).port = 1  # type: ignore[misc]


@pytest.mark.parametrize(("value", "expected"), [("true", True), ("False", False), ("1", True), ("0", False)])
def test_a_switch_is_read_from_the_environment(home, value, expected):
    assert load_settings({"ANDIAN_LOG_SEARCHES": value}, home).log_searches is expected


def test_a_switch_is_read_from_the_file(home):
    assert load_settings({}, write(home, "log_searches = false")).log_searches is False


@pytest.mark.parametrize("line", ['log_searches = "maybe"', "log_searches = 1", "log_searches = []"])
def test_anything_else_is_no_switch(home, line):
    assert "应是 true 或 false" in refusal(write(home, line))


@pytest.mark.parametrize("value", ["-0.1", "1.5", "nan"])
def test_the_margin_lies_between_0_and_1(home, value):
    assert "设置 eval_margin 应在 0 到 1 之间" in refusal(home, ANDIAN_EVAL_MARGIN=value)


def test_settings_know_which_of_them_order_the_hits(home):
    ranking = load_settings({"ANDIAN_KEYWORD_WEIGHT": "0.5"}, home).ranking
    assert ranking.items() >= {"keyword_weight": 0.5, "support_weight": 0.23}.items()
