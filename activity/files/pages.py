"""What a PDF looks like, asked of a program that can be lost."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from activity.files import first_page
from activity.files.kinds import not_accepted
from activity.files.pictures import thumbnail

# Seconds, whatever the program does with them; of a processor's it may use fewer.
PATIENCE = 20


@dataclass(frozen=True)
class FirstPage:
    """How many pages there are, and a small JPEG of the first."""

    picture: bytes
    page_count: int


def first_page_of(content: bytes) -> FirstPage:
    """Look into a PDF. Raises ValidationError when it cannot be drawn, or not in its time."""
    program = [sys.executable, "-I", str(Path(first_page.__file__))]
    with TemporaryFile() as out:
        try:
            subprocess.run(  # noqa: S603 -- our own program
                program,
                input=content,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={},
                check=True,
                timeout=PATIENCE,
            )
        except subprocess.SubprocessError as error:
            raise not_accepted() from error
        out.seek(0)
        answer = out.read(first_page.MOST_WRITTEN)
    count = int.from_bytes(answer[: first_page.NUMBER_BYTES], "big")
    if not count:
        raise not_accepted()
    # The program read what a stranger wrote: its picture is looked at like any other.
    return FirstPage(picture=thumbnail(answer[first_page.NUMBER_BYTES :]), page_count=count)
