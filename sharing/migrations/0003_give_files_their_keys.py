"""Give every file that has none a key of its own, which its address is made of."""

from uuid import uuid4

from django.db import migrations

BATCH = 500


def give_keys(apps, schema_editor):
    files = apps.get_model("sharing", "Attachment").objects
    while batch := list(files.filter(key=None)[:BATCH]):
        for file in batch:
            file.key = uuid4()
        files.bulk_update(batch, ["key"])


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_add_library_and_conversation")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]
