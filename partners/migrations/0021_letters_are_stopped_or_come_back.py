"""Letters are stopped by somebody, and come back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NEW = ["waiting", "sent", "failed", "bounced", "stopped", "skipped"]


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0020_letters_have_a_kind'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('failed', 'not sent'), ('bounced', 'came back'), ('stopped', 'stopped'), ('skipped', 'no longer needed')], default='waiting', max_length=8, verbose_name='state'),
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_state_is_known',
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', NEW)), name='message_state_is_known'),
        ),
        migrations.AddField(
            model_name='message',
            name='bounced_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='decided_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='stopped or let go at'),
        ),
        migrations.AddField(
            model_name='message',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='stopped or let go by'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'bounced'), _negated=True), models.Q(('bounced_at__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='message_bounced_had_left'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='message_stopped_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('decided_at__isnull', False), _connector='OR'), name='message_decided_by_has_a_moment'),
        ),
    ]
