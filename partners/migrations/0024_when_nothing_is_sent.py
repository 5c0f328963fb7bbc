"""Somebody may stop all letters, and times in which the clock stood still are kept."""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0023_mailings'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClockGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField(unique=True, verbose_name='from')),
                ('ended_at', models.DateTimeField(verbose_name='to')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='coordinators told at')),
                ('caught_up', models.PositiveIntegerField(default=0, verbose_name='sent afterwards')),
                ('missed', models.PositiveIntegerField(default=0, verbose_name='too late to send')),
            ],
            options={
                'verbose_name': 'time in which the clock stood still',
                'verbose_name_plural': 'times in which the clock stood still',
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_at__gt', models.F('began_at'))), name='clock_gap_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='PostStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stopped_at', models.DateTimeField(verbose_name='stopped at')),
                ('why', models.CharField(blank=True, max_length=200, verbose_name='why')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='let go at')),
                ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='let go by')),
                ('stopped_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stopped by')),
            ],
            options={
                'verbose_name': 'stop of all e-mails',
                'verbose_name_plural': 'stops of all e-mails',
                'constraints': [models.UniqueConstraint(fields=('lifted_at',), name='post_is_stopped_once_at_a_time', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at', None), ('lifted_by', None)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='post_stop_is_lifted_by_somebody')],
            },
        ),
    ]
