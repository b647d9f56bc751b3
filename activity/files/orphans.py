"""Stored files that no row names: what is left of a change that was undone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

logger = logging.getLogger(__name__)

# Longer than any transaction in which a file is stored before its row can be seen.
KEPT_FOR = timedelta(days=1)
# More of them in one month than files with a row are no accident.
FEW = 20


def erase_orphans(limit: int = 1000) -> int:
    """Delete files older than a day that no row names, at most so many, and say how many.

    A file is stored before its change is committed; when that is undone, or the machine stops,
    nobody is left who could take the file away. Of a month in which hardly any file has a row all
    are left: then it is the database that is wrong, such as an empty one beside a restored disk.
    """
    named, before, erased = set(_named()), timezone.now() - KEPT_FOR, 0
    for folder in _folders():
        there = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        orphans = [name for name in there if name not in named]
        if len(orphans) > FEW and 2 * len(orphans) > len(there):
            logger.error("No row names %s of %s files in %s.", len(orphans), len(there), folder)
            continue
        for name in orphans:
            if erased >= limit:
                return erased
            # Another process may be doing the same.
            with suppress(FileNotFoundError):
                if default_storage.get_modified_time(name) < before:
                    default_storage.delete(name)
                    erased += 1
    return erased


def _file_fields() -> Iterator[tuple[type[models.Model], models.FileField]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.FileField):
                yield model, field


def _named() -> Iterator[str]:
    """All names of stored files that any row has."""
    for model, field in _file_fields():
        names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
        yield from names.iterator()


def _folders() -> Iterator[str]:
    """The months under the folder of each field; what is kept beside them is not looked at."""
    roots = {str(field.upload_to).partition("/%Y/%m/")[0] for _model, field in _file_fields()}
    for root in sorted(filter(default_storage.exists, roots)):
        for year in filter(str.isdecimal, default_storage.listdir(root)[0]):
            for month in filter(str.isdecimal, default_storage.listdir(f"{root}/{year}")[0]):
                yield f"{root}/{year}/{month}"
