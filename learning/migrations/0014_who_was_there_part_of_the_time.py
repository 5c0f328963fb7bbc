from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("learning", "0013_sessions_and_material_are_found_by_their_words")]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="minutes_present",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="minutes there"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=Q(minutes_present__isnull=True)
                | Q(minutes_present__gte=1, status="present"),
                name="attendance_minutes_are_of_somebody_present",
            ),
        ),
    ]
