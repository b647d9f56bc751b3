"""Every field of every paper has its place: docs/guide/papers.md names columns that there are."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from sessions.models import Paperwork

GUIDE = Path(__file__).parent.parent / "docs" / "guide" / "papers.md"
TEXT = GUIDE.read_text()
COLUMNS = sorted(set(re.findall(r"`([A-Z]\w+)\.(\w+)`", TEXT)))
MODELS = {model.__name__: model for model in apps.get_models()}
PAPERS = [
    *("Undangan", "Surat tugas", "Daftar hadir", "Notula", "Berita acara"),
    *("Laporan kegiatan", "Laporan individu guru", "Sertifikat", "Rekap JP"),
]


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=".".join)
def test_each_named_column_exists(model: str, column: str):
    try:
        field = MODELS[model]._meta.get_field(column)
    except (KeyError, FieldDoesNotExist):
        pytest.fail(f"There is no {model}.{column}")
    assert field.concrete


def test_each_paper_has_its_table_and_each_field_its_column():
    sections = re.findall(r"^## ([^,\n]+)", TEXT, re.MULTILINE)
    rows = re.findall(r"^\| (?!Field)(.+?) \| (.+?) \|$", TEXT, re.MULTILINE)

    assert sections == PAPERS
    assert [name for name, place in rows if "`" not in place and "not asked" not in place] == []


def test_each_field_that_only_papers_have_is_in_one_of_them():
    own = {field.name for field in Paperwork._meta.concrete_fields} - {"id", "session"}

    assert own == {column for model, column in COLUMNS if model == "Paperwork"}
