from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_measures")]

    operations = [
        migrations.AddConstraint(
            model_name="measurereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("method__in", ["measured", "calculated", "estimated", "not_quantified"])
                ),
                name="measurereport_method_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurereport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reduction_t__isnull", True), ("reduction_t__gte", 0), _connector="OR"
                ),
                name="measurereport_reduction_is_not_negative",
            ),
        ),
    ]
