from django.db import migrations, models
from django.db.models import Q


def text(name, label):
    """A text that may be left out, also by code that does not know of it."""
    field = models.TextField(blank=True, default="", db_default="", verbose_name=label)
    return migrations.AddField(model_name="learningsession", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [("learning", "0009_who_came_is_found_by_session")]

    operations = [
        text("programme_sv", "programme in Swedish"),
        text("programme_en", "programme in English"),
        text("preparation_sv", "how to prepare, in Swedish"),
        text("preparation_en", "how to prepare, in English"),
        text("directions_sv", "how to get there, in Swedish"),
        text("directions_en", "how to get there, in English"),
        migrations.AddField(
            model_name="learningsession",
            name="map_url",
            field=models.URLField(
                blank=True,
                default="",
                db_default="",
                max_length=500,
                verbose_name="link to a map",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningsession",
            constraint=models.CheckConstraint(
                condition=Q(map_url="") | Q(map_url__startswith="https://"),
                name="session_map_is_a_safe_link",
                violation_error_message="Paste a link that begins with https://, or none.",
            ),
        ),
    ]
