"""The roadmap's five focus areas (DOMAIN: Umeå klimatfärdplan, fokusområden)."""

from django.db import migrations

FOCUS_AREAS = [
    ("mobility", "Mobilitet och transporter", "Mobility and transport"),
    ("energy", "Energi och byggd miljö", "Energy and the built environment"),
    ("consumption", "Konsumtion och cirkulär ekonomi", "Consumption and circular economy"),
    ("food", "Mat och jordbruk", "Food and agriculture"),
    ("other", "Övriga kompletterande åtgärder", "Other complementary measures"),
]


def plant(apps, schema_editor):
    model = apps.get_model("partners", "FocusArea")
    for position, (key, sv, en) in enumerate(FOCUS_AREAS, start=1):
        model.objects.get_or_create(
            key=key, defaults={"title_sv": sv, "title_en": en, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_people_and_letters")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
