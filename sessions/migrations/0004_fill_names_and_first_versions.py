"""Give every session names of its own, and every lesson plan its first version."""

import secrets
from uuid import uuid4

from django.db import migrations

BATCH = 500


def fill(apps, schema_editor):
    session_model = apps.get_model("model_sessions", "ModelSession")
    plan_model = apps.get_model("model_sessions", "LessonPlan")
    last = 0
    while rows := list(session_model.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        has_plan = set(
            plan_model.objects.filter(session__in=rows).values_list("session", flat=True)
        )
        for row in rows:
            row.uid = uuid4()
            row.secret = secrets.token_urlsafe(24)
            if row.lesson_plan and row.pk not in has_plan:
                plan_model.objects.create(
                    session=row,
                    number=1,
                    file=row.lesson_plan.name,
                    name=row.lesson_plan_name,
                    content_type=row.lesson_plan_type,
                    size=row.lesson_plan_size,
                    by_id=row.teacher_id,
                    submission=uuid4(),
                )
                row.lesson_plan_versions = 1
        session_model.objects.bulk_update(rows, ["uid", "secret", "lesson_plan_versions"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("model_sessions", "0003_add_meetings_and_their_parts")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
