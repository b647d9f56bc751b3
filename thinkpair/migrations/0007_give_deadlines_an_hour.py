"""Give every thread deadlines with an hour: the end of the days it had, and a week to share."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import Q

BATCH = 500
ZONE = ZoneInfo("Asia/Makassar")
EMPTY = Q(think_ends_at=None) | Q(pair_ends_at=None) | Q(share_ends_at=None)


def end_of(day):
    return datetime.combine(day, time(23, 59), tzinfo=ZONE)


def give_hours(apps, schema_editor):
    threads = apps.get_model("thinkpair", "Thread").objects
    while batch := list(threads.filter(EMPTY)[:BATCH]):
        for thread in batch:
            thinking = end_of(thread.think_until)
            # Both could be the same day.
            pairing = max(end_of(thread.pair_until), thinking + timedelta(days=1))
            thread.think_ends_at, thread.pair_ends_at = thinking, pairing
            thread.share_ends_at = pairing + timedelta(days=7)
        threads.bulk_update(batch, ["think_ends_at", "pair_ends_at", "share_ends_at"])


class Migration(migrations.Migration):
    dependencies = [("thinkpair", "0006_keep_seats_that_were_left")]

    operations = [migrations.RunPython(give_hours, migrations.RunPython.noop)]
