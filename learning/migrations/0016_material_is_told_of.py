"""Whoever leads a session lets its people be told of new material, and may take it back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('learning', '0015_reminders_follow_rules'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MaterialTelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_after', models.BooleanField(verbose_name='after the session')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='told at')),
                ('taken_back_at', models.DateTimeField(editable=False, null=True, verbose_name='taken back at')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='learning.learningsession')),
                ('taken_back_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'telling of material',
                'verbose_name_plural': 'tellings of material',
                'constraints': [models.CheckConstraint(condition=models.Q(('taken_back_by__isnull', True), ('taken_back_at__isnull', False), _connector='OR'), name='materialtelling_taken_back_by_has_a_moment')],
            },
        ),
    ]
