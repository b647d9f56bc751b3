from django.db import migrations
from django.db.models import F, Prefetch

WORDS = {
    *("kind", "title", "body", "situation", "action", "change", "evidence", "link"),
    *("files_added", "files_removed"),
}


def find_first_changes(apps, _schema_editor):
    """Of what was endorsed before it was changed, say since which change."""
    later = apps.get_model("sharing", "Revision").objects.filter(at__gt=F("post__endorsed_at"))
    posts = apps.get_model("sharing", "Post").objects.filter(endorsed_at__isnull=False)
    changed = posts.prefetch_related(Prefetch("revisions", later.order_by("pk")))
    for post in changed.iterator(chunk_size=100):
        for revision in post.revisions.all():
            if revision.is_new_version or WORDS & set(revision.before):
                post.endorsed_before = revision
                post.save(update_fields=["endorsed_before"])
                break


class Migration(migrations.Migration):
    dependencies = [("sharing", "0009_tell_what_was_endorsed")]

    operations = [
        migrations.RunPython(find_first_changes, migrations.RunPython.noop, elidable=True),
    ]
