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
    dependencies = [("partners", "0004_known_values")]

    operations = [
        migrations.AddField("message", "search_key", key("subject")),
        migrations.AddField("organisation", "search_key", key("name")),
        migrations.AddField("user", "search_key", key("name", "email")),
    ]
