from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0006_why_a_session_is_cancelled")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="told",
            field=models.JSONField(db_default={}, default=dict, editable=False),
        ),
    ]
