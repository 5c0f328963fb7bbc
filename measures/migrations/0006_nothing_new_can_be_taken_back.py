from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0005_searches_forgive_slips_and_dots")]

    operations = [
        migrations.AddField(
            model_name="measurereport",
            name="nothing_new_since",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
