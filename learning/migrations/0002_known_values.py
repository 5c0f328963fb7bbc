from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_sessions")]

    operations = [
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(language__in=["sv", "en"]), name="material_language_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=["file", "link"]), name="material_kind_is_known"
            ),
        ),
    ]
