from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sharing", "0007_index_files_to_see_through")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="narrowed_from",
            field=models.CharField(
                blank=True,
                choices=[("group", "Kelompok"), ("district", "Semua guru"), ("public", "Umum")],
                default="",
                editable=False,
                max_length=8,
            ),
        ),
    ]
