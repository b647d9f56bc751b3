"""What happens to files that arrive: one too big is never stored whole, none goes on unchecked."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from activity.files import ACCEPTED, MAX_BYTES, CheckedFile, check_upload


class StopAtTheLimit(FileUploadHandler):
    """Throws away what comes after the first 10 MB of a file; it stands before the other handlers.

    The form gets an empty file that says how long the real one was, so that the check of every
    upload refuses it with its own sentence and nothing else of the form is lost.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start + len(raw_data) <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if file_size <= MAX_BYTES:
            return None
        nothing = ContentFile(b"")
        return UploadedFile(nothing, self.file_name, self.content_type, file_size)


class CheckedFileField(forms.FileField):
    """One file; clean, it is a `CheckedFile`, and whatever is wrong with it stands at the field."""

    widget = forms.FileInput({"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        given = super().clean(data, initial)
        return check_upload(given) if given else None
