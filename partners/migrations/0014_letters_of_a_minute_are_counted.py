"""So many letters have left in the last minute: found by an index, or all would be read."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0013_letters_have_room_to_change"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=BrinIndex(fields=["sent_at"], name="message_sent_at", autosummarize=True),
        ),
    ]
