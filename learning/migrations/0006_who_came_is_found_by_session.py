from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0005_calendar_entries_keep_their_identity"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(
                condition=models.Q(("status", "present")),
                fields=["session", "organisation"],
                name="attendance_present",
            ),
        ),
    ]
