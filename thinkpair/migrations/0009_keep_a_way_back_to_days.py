"""Going back, give every thread without days those of its deadlines: there they are required."""

from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import Q

BATCH = 500
ZONE = ZoneInfo("Asia/Makassar")
EMPTY = Q(think_until=None) | Q(pair_until=None)


def give_days(apps, schema_editor):
    threads = apps.get_model("thinkpair", "Thread").objects
    # Before, there were no phases between thinking and pairs, and none after pairs but the end.
    threads.filter(phase="arrange").update(phase="think")
    threads.filter(phase="share").update(phase="pair")
    while batch := list(threads.filter(EMPTY)[:BATCH]):
        for thread in batch:
            thread.think_until = thread.think_ends_at.astimezone(ZONE).date()
            thread.pair_until = thread.pair_ends_at.astimezone(ZONE).date()
        threads.bulk_update(batch, ["think_until", "pair_until"])


class Migration(migrations.Migration):
    dependencies = [("thinkpair", "0008_require_deadlines_with_an_hour")]

    operations = [migrations.RunPython(migrations.RunPython.noop, give_days)]
