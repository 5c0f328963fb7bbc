"""Who a partner is, in its own words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0016_questions_and_wishes_to_join"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="description_en",
            field=models.CharField(
                blank=True, db_default="", max_length=400, verbose_name="description in English"
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="description_sv",
            field=models.CharField(
                blank=True, db_default="", max_length=400, verbose_name="description in Swedish"
            ),
        ),
    ]
