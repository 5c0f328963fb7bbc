from django.db import migrations, models
from django.db.models.functions import Coalesce

import partners.models.texts


def key(*fields):
    text = models.TextField()
    parts = (Coalesce(field, models.Value(""), output_field=text) for field in fields)
    return models.GeneratedField(
        expression=partners.models.texts.SearchKey(*parts), output_field=text, db_persist=True
    )


class Migration(migrations.Migration):
    dependencies = [("measures", "0002_a_report_is_checked_as_a_measure")]

    operations = [migrations.AddField("measure", "search_key", key("title", "description"))]
