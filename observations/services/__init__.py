"""Every change of the stage A: to instruments, focuses and the sheets that observers fill."""

from observations.services.focus import choose_focus, focus_of, instrument_for
from observations.services.instruments import (
    copy_instrument,
    discard_instrument,
    edit_instrument,
    make_instrument,
    publish_instrument,
    renew_instrument,
    retire_instrument,
)
from observations.services.parts import (
    add_aspect,
    add_indicator,
    add_item,
    add_scale,
    edit_aspect,
    edit_indicator,
    edit_item,
    edit_scale,
    move_part,
    remove_part,
    remove_scale,
)
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
    "add_aspect",
    "add_indicator",
    "add_item",
    "add_scale",
    "choose_focus",
    "copy_instrument",
    "discard_instrument",
    "edit_aspect",
    "edit_indicator",
    "edit_instrument",
    "edit_item",
    "edit_scale",
    "focus_of",
    "instrument_for",
    "load_instruments",
    "make_instrument",
    "missing_in",
    "move_part",
    "publish_instrument",
    "remove_part",
    "remove_scale",
    "renew_instrument",
    "retire_instrument",
    "save_observation",
    "start_observation",
    "submit_observation",
]
