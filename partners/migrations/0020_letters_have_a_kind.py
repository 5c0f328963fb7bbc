"""Letters wait for their hour, go along in another, and may be switched off by topic.

What waits is held: yesterday's senders would send it, so the moment it waits for is in next_try_at, too.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0019_what_is_new'),
    ]

    operations = [
        migrations.CreateModel(
            name='SwitchedOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('places', 'Reminders of your places'), ('duties', 'Reminders of what you answer for'), ('surveys', 'Surveys after sessions'), ('news', 'News and new material'), ('all', 'Everything that can be switched off')], max_length=10, verbose_name='topic')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='switched off at')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='switched_off', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'choice of e-mail',
                'verbose_name_plural': 'choices of e-mail',
            },
        ),
        migrations.RemoveIndex(
            model_name='message',
            name='message_due',
        ),
        migrations.AddField(
            model_name='message',
            name='gathered_in',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='partners.message', verbose_name='went along in'),
        ),
        migrations.AddField(
            model_name='message',
            name='held',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.OrderBy(models.F('urgent'), descending=True), models.F('next_try_at'), models.F('id'), condition=models.Q(('held', False), ('state', 'waiting')), name='message_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('held', True), ('state', 'waiting')), fields=['next_try_at'], name='message_held'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('gathered_in__isnull', False)), fields=['gathered_in'], name='message_gathered_in'),
        ),
        migrations.AddConstraint(
            model_name='switchedoff',
            constraint=models.UniqueConstraint(fields=('person', 'topic'), name='switchedoff_once_a_person_and_topic'),
        ),
        migrations.AddConstraint(
            model_name='switchedoff',
            constraint=models.CheckConstraint(condition=models.Q(('topic__in', ['places', 'duties', 'surveys', 'news', 'all'])), name='switchedoff_topic_is_known'),
        ),
    ]
