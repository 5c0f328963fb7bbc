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
        ("learning", "0012_visitors_say_yes_by_mail"),
        ("partners", "0018_searches_forgive_slips_and_dots"),
    ]

    operations = [
        migrations.AddField("series", "title_key", title_key("title_sv", "title_en")),
        migrations.AddField(
            "learningsession", "title_key", title_key("title_sv", "title_en", "venue")
        ),
        migrations.AddField("material", "title_key", title_key("title", "file_name")),
        migrations.AddField(
            "learningsession",
            "search_key",
            models.GeneratedField(
                expression=partners.models.texts.SearchKey(
                    *(
                        Coalesce(field, models.Value(""), output_field=models.TextField())
                        for field in ("title_sv", "title_en", "venue", "summary_sv", "summary_en")
                    )
                ),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        index("learningsession", "session_title_key"),
        index("material", "material_title_key"),
    ]
