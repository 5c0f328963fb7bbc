"""Partners are reminded of measures nobody tells of: after half a year, and a month later again."""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def plant(apps, schema_editor):
    rules = apps.get_model("measures", "MeasureReminder").objects
    for days in (180, 210):
        rules.create(amount=days, unit="days", side="after", edge="end", clock=datetime.time(9, 0))


class Migration(migrations.Migration):

    dependencies = [
        ('measures', '0006_nothing_new_can_be_taken_back'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureReminder',
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
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('switched_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'reminder of measures',
                'verbose_name_plural': 'reminders of measures',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeasureReminderRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(verbose_name='due at')),
                ('told_at', models.DateTimeField(verbose_name='last told of then')),
                ('state', models.CharField(choices=[('done', 'done'), ('missed', 'missed')], max_length=6, verbose_name='state')),
                ('whom', models.CharField(blank=True, choices=[('contact', 'the contact persons'), ('member', 'another of the partner’s people'), ('coordinator', 'the coordinators')], max_length=11, verbose_name='to whom')),
                ('occasion', models.CharField(blank=True, max_length=80, verbose_name='how the keys of its letters begin')),
                ('because', models.CharField(blank=True, choices=[('clock', 'The portal’s clock stood still until it was too late.'), ('nobody', 'There was nobody to write to, not even a coordinator.')], max_length=6, verbose_name='reason')),
                ('lapsed_at', models.DateTimeField(blank=True, null=True, verbose_name='too late from')),
                ('noted_at', models.DateTimeField(verbose_name='noted at')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_runs', to='measures.measure')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='measures.measurereminder')),
            ],
            options={
                'verbose_name': 'run of a reminder of measures',
                'verbose_name_plural': 'runs of reminders of measures',
            },
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('unit__in', ['days', 'minutes'])), name='measurereminder_unit_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['before', 'after'])), name='measurereminder_side_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('edge__in', ['start', 'end'])), name='measurereminder_edge_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__lte', 730), ('clock__isnull', False), ('unit', 'days')), models.Q(('amount__lte', 1051200), ('clock__isnull', True), ('unit', 'minutes')), _connector='OR'), name='measurereminder_days_have_a_clock_time_and_are_few'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('switched_by__isnull', True), ('switched_at__isnull', False), _connector='OR'), name='measurereminder_switched_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('removed_by__isnull', True), ('removed_at__isnull', False), _connector='OR'), name='measurereminder_removed_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('edge', 'end'), ('side', 'after'), ('unit', 'days')), name='measurereminder_counts_days_after_the_last_news'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gte', 14)), name='measurereminder_gives_time_to_tell'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.CheckConstraint(condition=models.Q(('clock__range', (datetime.time(8, 0), datetime.time(16, 59)))), name='measurereminder_is_due_in_working_hours'),
        ),
        migrations.AddConstraint(
            model_name='measurereminder',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('amount', 'clock'), name='measurereminder_is_there_once', violation_error_message='That reminder is there already.'),
        ),
        migrations.AddIndex(
            model_name='measurereminderrun',
            index=models.Index(fields=['due_at'], name='measurereminderrun_due_at'),
        ),
        migrations.AddConstraint(
            model_name='measurereminderrun',
            constraint=models.UniqueConstraint(fields=('measure', 'rule', 'due_at'), name='measurereminderrun_is_done_once'),
        ),
        migrations.AddConstraint(
            model_name='measurereminderrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['done', 'missed'])), name='measurereminderrun_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurereminderrun',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), ('because__in', ['clock', 'nobody']), _connector='OR'), name='measurereminderrun_because_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurereminderrun',
            constraint=models.CheckConstraint(condition=models.Q(('whom', ''), ('whom__in', ['contact', 'member', 'coordinator']), _connector='OR'), name='measurereminderrun_whom_is_known'),
        ),
        migrations.AddConstraint(
            model_name='measurereminderrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('lapsed_at__isnull', True), ('state', 'done'), models.Q(('whom', ''), _negated=True), models.Q(('occasion', ''), _negated=True)), models.Q(('lapsed_at__isnull', False), ('state', 'missed'), ('occasion', ''), ('whom', ''), models.Q(('because', ''), _negated=True)), _connector='OR'), name='measurereminderrun_is_written_or_says_why_not'),
        ),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
