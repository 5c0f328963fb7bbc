"""Mailings to chosen groups, and letters whose answers go to whoever wrote them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0022_addresses_from_which_letters_come_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='reply_to',
            field=models.EmailField(blank=True, db_default='', default='', max_length=254),
        ),
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion', models.CharField(blank=True, max_length=80, verbose_name='occasion')),
                ('groups', models.JSONField(default=list, verbose_name='groups')),
                ('subject_sv', models.CharField(max_length=150, verbose_name='subject in Swedish')),
                ('subject_en', models.CharField(blank=True, max_length=150, verbose_name='subject in English')),
                ('text_sv', models.TextField(verbose_name='text in Swedish')),
                ('text_en', models.TextField(blank=True, verbose_name='text in English')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('queued', 'to be sent'), ('sent', 'sent'), ('stopped', 'stopped')], default='draft', max_length=7, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='changed at')),
                ('queued_at', models.DateTimeField(editable=False, null=True, verbose_name='decided at')),
                ('send_at', models.DateTimeField(null=True, verbose_name='is sent at')),
                ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='stopped at')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='sent at')),
                ('recipients', models.PositiveIntegerField(editable=False, null=True)),
                ('without_address', models.PositiveIntegerField(editable=False, null=True)),
                ('empty_groups', models.JSONField(default=list, editable=False)),
                ('changed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('queued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                ('stopped_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mailing',
                'verbose_name_plural': 'mailings',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['send_at', 'id'], name='mailing_due'), models.Index(fields=['occasion', 'id'], name='mailing_of_an_occasion')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'queued', 'sent', 'stopped'])), name='mailing_state_is_known'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('queued_at__isnull', False), ('queued_by__isnull', False), ('send_at__isnull', False)), _connector='OR'), name='mailing_is_sent_by_somebody_at_a_moment'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), models.Q(('recipients__isnull', False), ('sent_at__isnull', False), ('without_address__isnull', False)), _connector='OR'), name='mailing_sent_has_a_moment_and_counts'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), models.Q(('stopped_at__isnull', False), ('stopped_by__isnull', False)), _connector='OR'), name='mailing_is_stopped_by_somebody_at_a_moment'), models.CheckConstraint(condition=models.Q(('changed_by__isnull', True), ('changed_at__isnull', False), _connector='OR'), name='mailing_changed_by_has_a_moment')],
            },
        ),
    ]
