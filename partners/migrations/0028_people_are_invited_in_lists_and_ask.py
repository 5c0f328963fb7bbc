"""Many are invited in one list and reminded; people ask to act for an organisation."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0027_what_is_not_sent_is_called_so'),
    ]

    operations = [
        migrations.CreateModel(
            name='InvitationBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('page', models.UUIDField(editable=False)),
                ('is_large', models.BooleanField(default=False, editable=False, verbose_name='large')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitation_batches', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'list of invitations',
                'verbose_name_plural': 'lists of invitations',
            },
        ),
        migrations.AddField(
            model_name='invitation',
            name='batch',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='partners.invitationbatch'),
        ),
        migrations.CreateModel(
            name='InvitationReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('sent_at', models.DateTimeField(verbose_name='sent at')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='partners.invitation')),
                ('sent_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
            ],
            options={
                'verbose_name': 'reminder of an invitation',
                'verbose_name_plural': 'reminders of invitations',
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='text')),
                ('language', models.CharField(choices=[('sv', 'Svenska'), ('en', 'English')], default='sv', max_length=2, verbose_name='language')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmed at')),
                ('decided_at', models.DateTimeField(editable=False, null=True, verbose_name='decided at')),
                ('accepted', models.BooleanField(editable=False, null=True, verbose_name='accepted')),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'request to act for an organisation',
                'verbose_name_plural': 'requests to act for an organisation',
            },
        ),
        migrations.CreateModel(
            name='WithoutContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(verbose_name='coordinators told at')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='without_contact', to='partners.organisation')),
            ],
            options={
                'verbose_name': 'partner without a contact person',
                'verbose_name_plural': 'partners without a contact person',
            },
        ),
        migrations.AddConstraint(
            model_name='invitationbatch',
            constraint=models.UniqueConstraint(fields=('created_by', 'page'), name='invitation_batch_is_sent_once'),
        ),
        migrations.AddIndex(
            model_name='joinrequest',
            index=models.Index(fields=['email', 'created_at'], name='join_request_of_an_address'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('decided_at', None)), fields=('organisation', 'email'), name='join_request_waits_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'en'])), name='join_request_language_is_known'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted', None), ('decided_at', None), ('decided_by', None)), models.Q(('accepted__isnull', False), ('confirmed_at__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='join_request_is_decided_whole'),
        ),
    ]
