from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0008_open_to_whoever_has_an_account"),
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
