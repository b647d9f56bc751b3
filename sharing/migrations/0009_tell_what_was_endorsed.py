from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("sharing", "0008_hold_what_the_board_narrowed")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="endorsed_before",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="sharing.revision",
            ),
        ),
    ]
