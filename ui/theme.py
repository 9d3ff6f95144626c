"""How the pages look where Gradio draws them; everything else is in ``static/andian.css``."""

import gradio as gr

SANS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
MONO = ("ui-monospace", "Consolas", "monospace")
RED = gr.themes.Color(
    name="andian", c50="#fdf3f1", c100="#f9e2de", c200="#f1c4bd", c300="#e79d93", c400="#d96f63", c500="#c0392b",
    c600="#a82a1f", c700="#8c2018", c800="#701b15", c900="#551612", c950="#330b08",
)  # fmt: skip

_COLOURS = {  # name: (light, dark)
    "body_background_fill": ("#f8f6f2", "#17181a"),
    "background_fill_primary": ("#ffffff", "#202225"),
    "background_fill_secondary": ("#f1eee8", "#292b2f"),
    "body_text_color": ("#1f1e1c", "#e8e5df"),
    "body_text_color_subdued": ("#645f57", "#a9a59d"),
    "border_color_primary": ("#e3ded5", "#36383d"),
    "border_color_accent": ("#c0392b", "#d96f63"),
    "link_text_color": ("#1c4f86", "#93bdee"),
    "link_text_color_hover": ("#8c2018", "#f1c4bd"),
    "link_text_color_visited": ("#1c4f86", "#93bdee"),
    "link_text_color_active": ("#8c2018", "#f1c4bd"),
    "block_background_fill": ("transparent", "transparent"),
    "block_label_text_color": ("#645f57", "#a9a59d"),
    "block_title_text_color": ("#645f57", "#a9a59d"),
    "input_background_fill": ("#ffffff", "#202225"),
    "input_background_fill_focus": ("#ffffff", "#202225"),
    "input_border_color": ("#cfc8bc", "#4a4d53"),
    "input_border_color_focus": ("#a82a1f", "#d96f63"),
    "input_placeholder_color": ("#837d73", "#8f8b84"),
    "button_primary_background_fill": ("#a82a1f", "#a82a1f"),
    "button_primary_background_fill_hover": ("#8c2018", "#c0392b"),
    "button_primary_text_color": ("#ffffff", "#ffffff"),
}
_SHAPES = {"block_border_width": "0px", "block_shadow": "none", "button_primary_shadow": "none",
           "block_title_text_weight": "400", "input_border_width": "1px"}  # fmt: skip


def andian_theme() -> gr.themes.Base:
    """:returns: Quiet greys, one red, fonts that the visitor's system has."""
    theme = gr.themes.Base(
        primary_hue=RED,
        neutral_hue="stone",
        radius_size="sm",
        text_size="lg",
        font=SANS,
        font_mono=MONO,
    )
    light = {name: pair[0] for name, pair in _COLOURS.items()}
    dark = {f"{name}_dark": pair[1] for name, pair in _COLOURS.items()}
    return theme.set(**light, **dark, **_SHAPES)
