"""Reminders follow rules; what was always done, the day before at nine, is the first of them."""

from datetime import time

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def plant(apps, schema_editor):
    apps.get_model("learning", "SessionReminder").objects.create(
        letter="session_reminder",
        whom="confirmed",
        amount=1,
        unit="days",
        side="before",
        edge="start",
        clock=time(9, 0),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('learning', '0014_who_was_there_part_of_the_time'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SessionReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.PositiveIntegerField(verbose_name='how long')),
                ('unit', models.CharField(choices=[('days', 'days'), ('minutes', 'minutes')], max_length=7, verbose_name='unit')),
                ('side', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6, verbose_name='side')),
                ('edge', models.CharField(choices=[('start', 'the start'), ('end', 'the end')], max_length=5, verbose_name='counted from')),
                ('clock', models.TimeField(blank=True, null=True, verbose_name='clock time')),
                ('is_off', models.BooleanField(default=False, verbose_name='switched off')),
                ('counts_from', models.DateTimeField(blank=True, null=True, verbose_name='counts from')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('switched_at', models.DateTimeField(editable=False, null=True, verbose_name='switched on or off at')),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='removed at')),
                ('letter', models.CharField(choices=[('session_reminder', 'Reminder before the session'), ('session_material', 'The material after the session')], max_length=20, verbose_name='e-mail')),
                ('whom', models.CharField(choices=[('confirmed', 'those who have a seat'), ('waiting', 'those in the queue'), ('attended', 'those who came'), ('absent', 'those who did not come'), ('lead', 'whoever leads the session')], max_length=9, verbose_name='to whom')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='learning.series', verbose_name='series')),
                ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='learning.learningsession')),
                ('switched_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reminder of sessions',
                'verbose_name_plural': 'reminders of sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SessionReminderRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(verbose_name='due at')),
                ('starts_at', models.DateTimeField(verbose_name='the session’s start then')),
                ('occasion', models.CharField(max_length=40, verbose_name='how the keys of its letters end')),
                ('state', models.CharField(choices=[('done', 'done'), ('missed', 'missed')], max_length=6, verbose_name='state')),
                ('letters', models.PositiveIntegerField(default=0, verbose_name='letters')),
                ('because', models.CharField(blank=True, choices=[('clock', 'The portal’s clock stood still until it was too late.'), ('unpublished', 'The session was not published then.'), ('not_noted', 'Attendance was not noted in time.'), ('no_material', 'There was no material in time.')], max_length=11, verbose_name='reason')),
                ('lapsed_at', models.DateTimeField(blank=True, null=True, verbose_name='too late from')),
                ('noted_at', models.DateTimeField(verbose_name='noted at')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='learning.sessionreminder')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminder_runs', to='learning.learningsession')),
            ],
            options={
                'verbose_name': 'run of a reminder',
                'verbose_name_plural': 'runs of reminders',
            },
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['days', 'minutes'])), name='sessionreminder_unit_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['before', 'after'])), name='sessionreminder_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('edge__in', ['start', 'end'])), name='sessionreminder_edge_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__lte', 60), ('clock__isnull', False), ('unit', 'days')), models.Q(('amount__lte', 86400), ('clock__isnull', True), ('unit', 'minutes')), _connector='OR'), name='sessionreminder_days_have_a_clock_time_and_are_few'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('switched_by__isnull', True), ('switched_at__isnull', False), _connector='OR'), name='sessionreminder_switched_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('removed_by__isnull', True), ('removed_at__isnull', False), _connector='OR'), name='sessionreminder_removed_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('letter__in', ['session_reminder', 'session_material'])), name='sessionreminder_letter_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('whom__in', ['confirmed', 'waiting', 'attended', 'absent', 'lead'])), name='sessionreminder_whom_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.CheckConstraint(condition=models.Q(('series__isnull', True), ('session__isnull', True), _connector='OR'), name='sessionreminder_is_of_a_series_or_a_session_not_both'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminder',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('series', 'session', 'letter', 'whom', 'amount', 'unit', 'side', 'edge', 'clock'), name='sessionreminder_is_there_once', nulls_distinct=False, violation_error_message='That reminder is there already.'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminderrun',
            constraint=models.UniqueConstraint(fields=('session', 'rule', 'due_at', 'starts_at'), name='sessionreminderrun_is_done_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminderrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['done', 'missed'])), name='sessionreminderrun_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminderrun',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), ('because__in', ['clock', 'unpublished', 'not_noted', 'no_material']), _connector='OR'), name='sessionreminderrun_because_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sessionreminderrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('lapsed_at__isnull', True), ('state', 'done')), models.Q(('lapsed_at__isnull', False), ('state', 'missed'), models.Q(('because', ''), _negated=True)), _connector='OR'), name='sessionreminderrun_missed_has_a_reason'),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
