"""Loads the instruments in observations/data; see SOURCES.md there."""

from __future__ import annotations

import json
from pathlib import Path

from observations.services import load_instruments

DATA = Path(__file__).parent / "data"


def load() -> None:
    """Add the scales and instruments that are not there yet."""
    paths = sorted(DATA.glob("*.json"))
    load_instruments(json.loads(path.read_text(encoding="utf-8")) for path in paths)
