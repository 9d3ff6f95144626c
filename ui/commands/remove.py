"""``andian remove``: take a document out of the library, or bring it back."""

import json
from argparse import Namespace

from ui.services import Services


def run(arguments: Namespace, services: Services) -> int:
    """
    Remove or restore one document.

    :raises NotFound: If there is none of that id.
    """
    library = services.library
    act = library.restore if arguments.undo else library.remove
    stored = act(arguments.document_id)
    identifier, title = stored.document.id, stored.document.title
    if arguments.json:
        print(json.dumps({"document_id": identifier, "removed": not arguments.undo}, ensure_ascii=False))
    elif arguments.undo:
        print(f"已恢复《{title}》（{identifier}）")
    else:
        print(f"已移除《{title}》（{identifier}）；要恢复请运行 andian remove --undo {identifier}")
    return 0
