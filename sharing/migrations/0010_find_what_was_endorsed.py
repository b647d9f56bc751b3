from django.db import migrations

WORDS = {
    *("kind", "title", "body", "situation", "action", "change", "evidence", "link"),
    *("files_added", "files_removed"),
}


def find_first_changes(apps, _schema_editor):
    """Of what was endorsed before it was changed, say since which change."""
    for post in apps.get_model("sharing", "Post").objects.filter(endorsed_at__isnull=False):
        for revision in post.revisions.filter(at__gt=post.endorsed_at).order_by("pk"):
            if revision.is_new_version or WORDS & set(revision.before):
                post.endorsed_before = revision
                post.save(update_fields=["endorsed_before"])
                break


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_tell_what_was_endorsed")]

    operations = [
        migrations.RunPython(find_first_changes, migrations.RunPython.noop, elidable=True),
    ]
