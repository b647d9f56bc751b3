"""What people may hand in as a file, told from what the file holds, never from its name."""

from activity.files.checking import MAX_BYTES, CheckedFile, check_upload
from activity.files.kinds import ACCEPTED, CONTENT_TYPES, SHOWN_IN_BROWSER
from activity.files.orphans import erase_orphans
from activity.files.pages import FirstPage, first_page_of
from activity.files.pictures import THUMBNAIL_BYTES, smaller, thumbnail

__all__ = [
    "ACCEPTED",
    "CONTENT_TYPES",
    "MAX_BYTES",
    "SHOWN_IN_BROWSER",
    "THUMBNAIL_BYTES",
    "CheckedFile",
    "FirstPage",
    "check_upload",
    "erase_orphans",
    "first_page_of",
    "smaller",
    "thumbnail",
]
