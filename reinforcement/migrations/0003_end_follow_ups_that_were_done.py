"""Says of follow-ups that were done that they ended so."""

from django.db import migrations


def end(apps, schema_editor):
    follow_ups = apps.get_model("reinforcement", "FollowUp").objects
    follow_ups.filter(state="open", settled_at__isnull=False).update(state="done")


class Migration(migrations.Migration):

    dependencies = [
        ("reinforcement", "0002_add_preparation_growth_and_ends_of_follow_ups"),
    ]

    operations = [
        # Backwards the column goes, so there is nothing to undo.
        migrations.RunPython(end, migrations.RunPython.noop),
    ]
