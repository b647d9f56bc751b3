"""Says of instruments that they are published, of focuses which instrument, and names sheets."""

from datetime import UTC, datetime, time
from uuid import uuid4

from django.db import migrations

BATCH = 500


def fill(apps, schema_editor):
    _publish(apps.get_model("observations", "Instrument"))
    _say_instrument(apps.get_model("observations", "Focus"))
    for name in ("Observation", "Note"):
        _name(apps.get_model("observations", name))


def _publish(instruments):
    for instrument in instruments.objects.filter(published_at=None):
        instrument.status = "published"
        instrument.published_at = datetime.combine(instrument.valid_from, time(), UTC)
        instrument.save(update_fields=["status", "published_at"])


def _say_instrument(focuses):
    for focus in focuses.objects.filter(instrument=None).select_related("indicator__aspect"):
        focus.instrument_id = focus.indicator.aspect.instrument_id
        focus.save(update_fields=["instrument"])


def _name(rows):
    while batch := list(rows.objects.filter(uid=None)[:BATCH]):
        for row in batch:
            row.uid = uuid4()
        rows.objects.bulk_update(batch, ["uid"])


class Migration(migrations.Migration):

    dependencies = [
        ("observations", "0002_add_life_of_instruments_and_offline_sheets"),
    ]

    operations = [
        # Backwards the columns go, so there is nothing to undo.
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
