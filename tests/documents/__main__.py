"""`python -m tests.documents`: write anew what of docs/ is made from the product itself."""

from __future__ import annotations

import asyncio

from tests.documents.commands import COMMANDS, commands_page
from tests.documents.picture import PICTURE, picture


def main() -> None:
    """Write each of them, and say so."""
    for path, text in ((PICTURE, asyncio.run(picture())), (COMMANDS, commands_page())):
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
