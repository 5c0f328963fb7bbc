"""Entries already in calendars keep the identity they were sent with, settings and all."""

from email.utils import parseaddr

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat


def keep(apps, schema_editor):
    ending = Value(f"@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    sessions = apps.get_model("learning", "LearningSession").objects.filter(sent_ical_uid="")
    sessions.update(sent_ical_uid=Concat(Cast(F("ical_uid"), models.CharField()), ending))


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_answers_are_shown_in_steps")]

    operations = [
        migrations.AddField(
            model_name="learningsession",
            name="sent_ical_uid",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=400
            ),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
