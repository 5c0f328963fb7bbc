import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Coalesce

import partners.models.searches
import partners.models.texts


def title_key(*fields):
    text = models.TextField()
    parts = (Coalesce(field, models.Value(""), output_field=text) for field in fields)
    return models.GeneratedField(
        expression=partners.models.searches.Folded(partners.models.texts.SearchKey(*parts)),
        output_field=text,
        db_persist=True,
    )


def index(model, name):
    return migrations.AddIndex(
        model_name=model,
        index=django.contrib.postgres.indexes.GinIndex(
            fields=["title_key"], name=name, opclasses=["gin_trgm_ops"]
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0014_letters_of_a_minute_are_counted")]

    operations = [
        migrations.AddField("organisation", "title_key", title_key("name")),
        migrations.AddField("user", "title_key", title_key("name", "email")),
        index("organisation", "organisation_title_key"),
        index("user", "user_title_key"),
    ]
