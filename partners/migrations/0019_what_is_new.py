"""Two pages more: what is new in the portal, filled in, and news, which nobody has written yet."""

from pathlib import Path

from django.db import migrations, models

OLD = [
    *["project", "timeline", "facts", "about", "join"],
    *["help-visitor", "help-member", "help-contact", "help-lead", "help-coordinator"],
]
KEYS = ["new", "news"]
SHIPPED = Path(__file__).resolve().parents[1] / "shipped"


def plant(apps, schema_editor):
    pages = apps.get_model("partners", "ContentPage").objects
    versions = apps.get_model("partners", "ContentVersion").objects
    for key in KEYS:
        page, _ = pages.get_or_create(key=key)
        said = {}
        for language in ("sv", "en"):
            text = (SHIPPED / f"{key}.{language}.md").read_text(encoding="utf-8")
            title, lead, body = text.split("\n\n", 2)
            said[f"title_{language}"] = title.removeprefix("# ")
            said[f"lead_{language}"] = lead.replace("\n", " ")
            said[f"body_{language}"] = body.strip()
        versions.create(page=page, number=1, **said)


def take_away(apps, schema_editor):
    apps.get_model("partners", "ContentPage").objects.filter(key__in=KEYS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0018_searches_forgive_slips_and_dots'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contentpage',
            name='contentpage_key_is_known',
        ),
        migrations.AlterField(
            model_name='contentpage',
            name='key',
            field=models.CharField(choices=[('project', 'The project'), ('timeline', 'The project: how it went'), ('facts', 'The project: facts'), ('about', 'About the partnership'), ('join', 'Join'), ('help-visitor', 'Help for visitors'), ('help-member', 'Help for members'), ('help-contact', 'Help for contact persons'), ('help-lead', 'Help for project leads'), ('help-coordinator', 'Help for coordinators'), ('new', 'What is new in the portal'), ('news', 'News')], max_length=20, unique=True, verbose_name='key'),
        ),
        migrations.AddConstraint(
            model_name='contentpage',
            constraint=models.CheckConstraint(condition=models.Q(('key__in', [*OLD, *KEYS])), name='contentpage_key_is_known'),
        ),
        migrations.RunPython(plant, take_away),
    ]
