from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0005_calendar_entries_keep_their_identity")]

    operations = [
        migrations.AddField(
            model_name="learningsession",
            name="cancelled_because",
            field=models.TextField(blank=True, db_default="", verbose_name="why it is cancelled"),
        ),
    ]
