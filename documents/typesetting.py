"""PDF from a template of `documents/templates/` and data, by Typst."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import typst

TEMPLATES = Path(__file__).parent / "templates"
# A compiler keeps fonts and its cache, and takes one paper at a time.
_lock = Lock()


def typeset(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF that `<template>.typ` makes of the data: words, numbers, lists, mappings.

    Data come to the template as JSON and are never read as markup, so whatever people wrote stays
    what they wrote. The same data give the same bytes. PDF/UA-1: screen readers can read it.
    """
    with _lock:
        made = _compiler(template).compile(
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1"],
        )
    return cast("bytes", made)


@lru_cache(maxsize=16)
def _compiler(template: str) -> typst.Compiler:
    """Fonts of the machine are left out: a paper looks the same everywhere."""
    return typst.Compiler(
        str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), ignore_system_fonts=True
    )
