"""Draws the first page of a PDF that strangers made. It runs as a program of its own.

In comes the PDF; out come four bytes with the number of its pages and then a JPEG of the first.
Before the PDF is read the program gives up what it does not need: memory, time, and files to
write; so a PDF that breaks the renderer breaks nothing else.
"""

import resource
import sys
from io import BytesIO

MEMORY = 1024**3
SECONDS = 10
MOST_WRITTEN = 4 * 1024**2
# Twice the longest side of a thumbnail, which is made from it.
SIDE = 640
NUMBER_BYTES = 4


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    import pypdfium2  # noqa: PLC0415 -- not before its limits

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    page = document[0]
    drawn = page.render(scale=SIDE / max(*page.get_size(), 1)).to_pil().convert("RGB")
    made = BytesIO()
    drawn.save(made, format="JPEG", quality=90)
    sys.stdout.buffer.write(len(document).to_bytes(NUMBER_BYTES, "big") + made.getvalue())


if __name__ == "__main__":
    main()
