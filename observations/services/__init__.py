"""Every change of the stage A: to focuses and to the sheets that observers fill."""

from observations.services.focus import choose_focus, focus_of, instrument_for
from observations.services.sheets import (
    NoteWords,
    Words,
    missing_in,
    save_observation,
    start_observation,
    submit_observation,
)
from observations.services.writing import load_instruments

__all__ = [
    "NoteWords",
    "Words",
    "choose_focus",
    "focus_of",
    "instrument_for",
    "load_instruments",
    "missing_in",
    "save_observation",
    "start_observation",
    "submit_observation",
]
