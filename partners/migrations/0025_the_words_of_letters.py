"""Coordinators write what a letter says; each version is kept."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0024_when_nothing_is_sent'),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=60, verbose_name='letter')),
                ('language', models.CharField(choices=[('sv', 'Svenska'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('is_original', models.BooleanField(default=False, verbose_name='back to the original')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'text of an e-mail',
                'verbose_name_plural': 'texts of e-mails',
                'constraints': [models.UniqueConstraint(fields=('letter', 'language', 'number'), name='lettertext_numbers_are_used_once'), models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'en'])), name='lettertext_language_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('is_original', True), ('subject', ''), ('text', '')), models.Q(('is_original', False), models.Q(('subject', ''), _negated=True), models.Q(('text', ''), _negated=True)), _connector='OR'), name='lettertext_says_something_or_is_the_original')],
            },
        ),
    ]
