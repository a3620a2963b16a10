"""The JSON Schemas that are published: ``python -m formcheck.apps.schemas docs/schemas`` writes them."""

import json
import sys
from pathlib import Path
from typing import Any

from formcheck.apps.web.messages import TEXT_MESSAGES
from formcheck.codec import events, live_answer, session
from formcheck.codec.described import described
from formcheck.files.writing import write_text


def schemas() -> dict[str, dict[str, Any]]:
    """Each by the name of its file."""
    return {
        "session.json": described(session.document()),
        "event.json": described(events.document()),
        "live_message.json": described(TEXT_MESSAGES, "validation"),
        "live_answer.json": described(live_answer.answers()),
    }


def text_of(schema: dict[str, Any]) -> str:
    """A schema as its file has it."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def main(folder: str) -> None:
    """Write them to a folder."""
    for name, schema in schemas().items():
        write_text(Path(folder) / name, text_of(schema))


if __name__ == "__main__":
    main(*sys.argv[1:])
