"""Every change to the data that ship with the platform, and to schools."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule

from schools.models import LoadedData, School


def load_reference_data() -> list[str]:
    """Have every app with a `reference.py` call its `load()`, and name those that had to.

    An app whose `reference.py` and `data/` are the same as last time is left out, so this costs
    next to nothing at a start. `load()` upserts: it may run over data that are already there.
    """
    loaded = dict(LoadedData.objects.values_list("app", "digest"))
    changed = {
        config: digest
        for config in apps.get_app_configs()
        if (digest := _digest(config)) and loaded.get(config.label) != digest
    }
    for config, digest in changed.items():
        with transaction.atomic():
            import_module(f"{config.name}.reference").load()
            LoadedData.objects.update_or_create(app=config.label, defaults={"digest": digest})
    return [config.label for config in changed]


def _digest(config: AppConfig) -> str:
    """What an app would load, in 64 letters; nothing when it has nothing to load."""
    if not config.module or not module_has_submodule(config.module, "reference"):
        return ""
    digest = hashlib.sha256()
    for path in _sources(Path(config.path)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    yield folder / "reference.py"
    yield from sorted(path for path in (folder / "data").glob("**/*") if path.is_file())


def correct_school(school: School) -> School:
    """Keep what somebody corrected by hand, also when the data files are loaded again."""
    school.is_corrected = True
    school.full_clean()
    school.save()
    return school
