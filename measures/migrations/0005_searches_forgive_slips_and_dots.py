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
    dependencies = [
        ("measures", "0003_what_searches_look_into"),
        ("partners", "0018_searches_forgive_slips_and_dots"),
    ]

    operations = [
        migrations.AddField("measure", "title_key", title_key("title")),
        index("measure", "measure_title_key"),
        migrations.AddIndex(
            model_name="measure",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    partners.models.searches.Folded("search_key"), "gin_trgm_ops"
                ),
                name="measure_whole_text",
            ),
        ),
    ]
