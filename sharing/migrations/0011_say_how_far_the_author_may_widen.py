from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0010_find_what_was_endorsed")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="narrowed_to",
            field=models.CharField(
                blank=True,
                choices=[("group", "Kelompok"), ("district", "Semua guru"), ("public", "Umum")],
                default="",
                editable=False,
                max_length=8,
            ),
        ),
    ]
