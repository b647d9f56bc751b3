"""What pairs answered so far becomes what they will try, on their cards."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

BATCH = 500


def copy_answers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Pair = apps.get_model("thinkpair", "Pair")  # noqa: N806 -- a model
    Card = apps.get_model("thinkpair", "Card")  # noqa: N806 -- a model
    while True:
        found = Pair.objects.filter(card=None).exclude(answer="").exclude(shared_at=None)
        pairs = list(found.annotate(title=F("thread__title")).order_by("pk")[:BATCH])
        Card.objects.bulk_create(
            Card(
                pair=pair,
                problem=pair.title,
                attempt=pair.answer,
                edited_at=pair.shared_at,
                edited_by_id=pair.shared_by_id,
                shared_at=pair.shared_at,
                shared_by_id=pair.shared_by_id,
                revision=1,
            )
            for pair in pairs
        )
        if len(pairs) < BATCH:
            return


def copy_cards_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was shared as a card is an answer again."""
    Card = apps.get_model("thinkpair", "Card")  # noqa: N806 -- a model
    Pair = apps.get_model("thinkpair", "Pair")  # noqa: N806 -- a model
    after = 0
    while batch := list(
        Card.objects.exclude(shared_at=None).filter(pk__gt=after).order_by("pk")[:BATCH]
    ):
        for card in batch:
            Pair.objects.filter(pk=card.pair_id).update(
                answer=card.attempt, shared_at=card.shared_at, shared_by_id=card.shared_by_id
            )
        after = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("thinkpair", "0003_hold_who_edited_cards")]

    operations = [migrations.RunPython(copy_answers, copy_cards_back)]
