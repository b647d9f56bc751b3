from django.db import migrations
from django.db.models import F


def hold_where_it_is(apps, _schema_editor):
    """Hold what boards narrowed before where it is now; they can still undo it."""
    # One statement: few posts were ever narrowed.
    narrowed = apps.get_model("sharing", "Post").objects.filter(narrowed_to="")
    narrowed.exclude(narrowed_from="").update(narrowed_to=F("audience"))


class Migration(migrations.Migration):
    dependencies = [("sharing", "0011_say_how_far_the_author_may_widen")]

    operations = [
        migrations.RunPython(hold_where_it_is, migrations.RunPython.noop, elidable=True),
    ]
