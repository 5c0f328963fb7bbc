"""Pages that say what the project is, filled in: nobody shall find an empty one on the first day."""

from pathlib import Path

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEYS = [
    *["project", "timeline", "facts", "about", "join"],
    *["help-visitor", "help-member", "help-contact", "help-lead", "help-coordinator"],
]
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


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0014_letters_of_a_minute_are_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('project', 'The project'), ('timeline', 'The project: how it went'), ('facts', 'The project: facts'), ('about', 'About the partnership'), ('join', 'Join'), ('help-visitor', 'Help for visitors'), ('help-member', 'Help for members'), ('help-contact', 'Help for contact persons'), ('help-lead', 'Help for project leads'), ('help-coordinator', 'Help for coordinators')], max_length=20, unique=True, verbose_name='key')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'constraints': [models.CheckConstraint(condition=models.Q(('key__in', ['project', 'timeline', 'facts', 'about', 'join', 'help-visitor', 'help-member', 'help-contact', 'help-lead', 'help-coordinator'])), name='contentpage_key_is_known')],
            },
        ),
        migrations.CreateModel(
            name='ContentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('title_sv', models.CharField(max_length=150, verbose_name='title in Swedish')),
                ('title_en', models.CharField(blank=True, max_length=150, verbose_name='title in English')),
                ('lead_sv', models.CharField(blank=True, max_length=400, verbose_name='first sentence in Swedish')),
                ('lead_en', models.CharField(blank=True, max_length=400, verbose_name='first sentence in English')),
                ('body_sv', models.TextField(blank=True, verbose_name='text in Swedish')),
                ('body_en', models.TextField(blank=True, verbose_name='text in English')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='partners.contentpage')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'version of a page',
                'verbose_name_plural': 'versions of pages',
                'constraints': [models.UniqueConstraint(fields=('page', 'number'), name='contentversion_numbers_are_used_once')],
            },
        ),
        migrations.CreateModel(
            name='Funder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('picture', models.BinaryField(null=True)),
                ('picture_type', models.CharField(blank=True, choices=[('image/png', 'PNG'), ('image/jpeg', 'JPEG'), ('image/webp', 'WebP')], default='', max_length=10)),
                ('picture_alt_sv', models.CharField(blank=True, max_length=200, verbose_name='the picture in Swedish words')),
                ('picture_alt_en', models.CharField(blank=True, max_length=200, verbose_name='the picture in English words')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('link', models.URLField(blank=True, verbose_name='web address')),
                ('sentence_sv', models.CharField(blank=True, max_length=400, verbose_name='their sentence in Swedish')),
                ('sentence_en', models.CharField(blank=True, max_length=400, verbose_name='their sentence in English')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'funder',
                'verbose_name_plural': 'funders',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('picture_type', ''), ('picture_type__in', ['image/png', 'image/jpeg', 'image/webp']), _connector='OR'), name='funder_picture_type_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('picture__isnull', True), ('picture_type', '')), models.Q(('picture__isnull', False), models.Q(('picture_type', ''), _negated=True)), _connector='OR'), name='funder_picture_and_type_go_together')],
            },
        ),
        migrations.CreateModel(
            name='Leader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ('picture', models.BinaryField(null=True)),
                ('picture_type', models.CharField(blank=True, choices=[('image/png', 'PNG'), ('image/jpeg', 'JPEG'), ('image/webp', 'WebP')], default='', max_length=10)),
                ('picture_alt_sv', models.CharField(blank=True, max_length=200, verbose_name='the picture in Swedish words')),
                ('picture_alt_en', models.CharField(blank=True, max_length=200, verbose_name='the picture in English words')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('organisation', models.CharField(blank=True, max_length=150, verbose_name='organisation')),
                ('role_sv', models.CharField(blank=True, max_length=150, verbose_name='role in Swedish')),
                ('role_en', models.CharField(blank=True, max_length=150, verbose_name='role in English')),
                ('asks_sv', models.CharField(blank=True, max_length=300, verbose_name='what one can ask about, in Swedish')),
                ('asks_en', models.CharField(blank=True, max_length=300, verbose_name='what one can ask about, in English')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'person who leads',
                'verbose_name_plural': 'people who lead',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('picture_type', ''), ('picture_type__in', ['image/png', 'image/jpeg', 'image/webp']), _connector='OR'), name='leader_picture_type_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('picture__isnull', True), ('picture_type', '')), models.Q(('picture__isnull', False), models.Q(('picture_type', ''), _negated=True)), _connector='OR'), name='leader_picture_and_type_go_together'), models.CheckConstraint(condition=models.Q(('picture__isnull', True), models.Q(('picture_alt_sv', ''), _negated=True), _connector='OR'), name='leader_picture_is_said_in_words')],
            },
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
