"""Who a partner is, in its own words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0014_letters_of_a_minute_are_counted"),
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
