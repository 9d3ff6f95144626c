"""Handing a text to the browser as a file, without keeping it on the server."""

import json


def saving(name: str, media_type: str) -> str:
    """
    Write the script of an event that saves its input.

    :param name: Suggested file name.
    :param media_type: Media type of the text; it is written as UTF-8.
    """
    return f"""(text) => {{
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {{ type: {json.dumps(media_type + ";charset=utf-8")} }}));
  link.download = {json.dumps(name)};
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}}"""
