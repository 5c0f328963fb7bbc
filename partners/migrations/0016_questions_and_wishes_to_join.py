
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0014_letters_of_a_minute_are_counted'),
    ]

    operations = [
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', 'question'), ('wish_to_join', 'wants to join')], max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=[('sv', 'Svenska'), ('en', 'English')], default='sv', max_length=2, verbose_name='language')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organisation')),
                ('org_number', models.CharField(blank=True, max_length=20, verbose_name='organisation number')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('addressee', models.CharField(blank=True, max_length=150, verbose_name='to')),
                ('addressee_key', models.CharField(blank=True, editable=False, max_length=40)),
                ('text', models.TextField(verbose_name='text')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written at')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmed at')),
                ('told_at', models.DateTimeField(editable=False, null=True, verbose_name='coordinators told at')),
                ('state', models.CharField(choices=[('new', 'new'), ('answered', 'answered'), ('closed', 'closed without an answer')], default='new', max_length=8, verbose_name='state')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('taken_at', models.DateTimeField(editable=False, null=True, verbose_name='taken at')),
                ('changed_at', models.DateTimeField(editable=False, null=True, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'enquiry',
                'verbose_name_plural': 'enquiries',
            },
        ),
        migrations.AlterField(
            model_name='message',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('recipient__isnull', False), models.Q(('sent_to', ''), _negated=True), _connector='OR'), name='message_has_a_reader'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='changed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='taken_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken by'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['email', 'created_at'], name='enquiry_of_an_address'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('confirmed_at__isnull', False), ('told_at__isnull', True)), fields=['confirmed_at', 'id'], name='enquiry_untold'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['told_at'], name='enquiry_told_at'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'wish_to_join'])), name='enquiry_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'answered', 'closed'])), name='enquiry_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['sv', 'en'])), name='enquiry_language_is_known'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'wish_to_join'), _negated=True), models.Q(('organisation', ''), _negated=True), _connector='OR'), name='enquiry_who_wants_to_join_is_named'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('told_at__isnull', True), ('confirmed_at__isnull', False), _connector='OR'), name='enquiry_is_told_of_when_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('taken_by__isnull', True), ('taken_at__isnull', False), _connector='OR'), name='enquiry_taken_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('changed_by__isnull', True), ('changed_at__isnull', False), _connector='OR'), name='enquiry_changed_by_has_a_moment'),
        ),
    ]
