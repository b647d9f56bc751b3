from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("reinforcement", "0003_end_follow_ups_that_were_done"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('session',), name='one_open_follow_up_per_session'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='settled_follow_ups_say_when'),
        ),
    ]
