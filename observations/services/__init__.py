"""Every change of the stage A: to instruments, focuses and the sheets that observers fill."""

from observations.services.content import (
    MOST_NOTES,
    MOST_PHOTOS,
    Content,
    NoteWords,
    PhotoWords,
    Words,
)
from observations.services.focus import choose_focus, focus_of, instrument_for
from observations.services.handing_in import (
    FEWEST_LETTERS,
    content_of,
    correct_observation,
    missing_in,
    submit_observation,
)
from observations.services.instruments import (
    copy_instrument,
    discard_instrument,
    edit_instrument,
    make_instrument,
    publish_instrument,
    renew_instrument,
    retire_instrument,
)
from observations.services.online_photos import add_photo, remove_photo
from observations.services.parts import (
    add_aspect,
    add_indicator,
    add_item,
    add_scale,
    edit_aspect,
    edit_indicator,
    edit_item,
    edit_scale,
    instrument_of,
    move_part,
    remove_part,
    remove_scale,
)
from observations.services.photos import (
    LARGEST_PHOTO,
    LARGEST_PIECE,
    WrongOffset,
    WrongSum,
    discard_stale_pieces,
    receive_piece,
)
from observations.services.sheets import save_observation, start_observation
from observations.services.sync import Sending, SheetDiffers, sync_sheet
from observations.services.writing import load_instruments

__all__ = [
    "FEWEST_LETTERS",
    "LARGEST_PHOTO",
    "LARGEST_PIECE",
    "MOST_NOTES",
    "MOST_PHOTOS",
    "Content",
    "NoteWords",
    "PhotoWords",
    "Sending",
    "SheetDiffers",
    "Words",
    "WrongOffset",
    "WrongSum",
    "add_aspect",
    "add_indicator",
    "add_item",
    "add_photo",
    "add_scale",
    "choose_focus",
    "content_of",
    "copy_instrument",
    "correct_observation",
    "discard_instrument",
    "discard_stale_pieces",
    "edit_aspect",
    "edit_indicator",
    "edit_instrument",
    "edit_item",
    "edit_scale",
    "focus_of",
    "instrument_for",
    "instrument_of",
    "load_instruments",
    "make_instrument",
    "missing_in",
    "move_part",
    "publish_instrument",
    "receive_piece",
    "remove_part",
    "remove_photo",
    "remove_scale",
    "renew_instrument",
    "retire_instrument",
    "save_observation",
    "start_observation",
    "submit_observation",
    "sync_sheet",
]
