"""People ask to be erased, and are taken out of their row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0028_people_are_invited_in_lists_and_ask'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='erased_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='erased at'),
        ),
        migrations.CreateModel(
            name='ErasureWish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='asked at')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn at')),
                ('carried_out_at', models.DateTimeField(editable=False, null=True, verbose_name='carried out at')),
                ('carried_out_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='carried out by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasure_wishes', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'wish to be erased',
                'verbose_name_plural': 'wishes to be erased',
                'constraints': [models.UniqueConstraint(condition=models.Q(('carried_out_at', None), ('withdrawn_at', None)), fields=('person',), name='erasurewish_one_open_a_person'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('carried_out_at', None), _connector='OR'), name='erasurewish_withdrawn_is_not_carried_out'), models.CheckConstraint(condition=models.Q(models.Q(('carried_out_at', None), ('carried_out_by', None)), models.Q(('carried_out_at__isnull', False), ('carried_out_by__isnull', False)), _connector='OR'), name='erasurewish_carried_out_says_by_whom')],
            },
        ),
    ]
