
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0021_letters_are_stopped_or_come_back'),
    ]

    operations = [
        migrations.CreateModel(
            name='BouncedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('bounced_at', models.DateTimeField(verbose_name='came back')),
                ('said', models.TextField(verbose_name='reason')),
                ('works_again_at', models.DateTimeField(blank=True, null=True, verbose_name='works again')),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.message', verbose_name='letter')),
                ('works_again_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='works again, as said by')),
            ],
            options={
                'verbose_name': 'address that does not work',
                'verbose_name_plural': 'addresses that do not work',
                'constraints': [models.CheckConstraint(condition=models.Q(('works_again_by__isnull', True), ('works_again_at__isnull', False), _connector='OR'), name='bouncedaddress_works_again_by_has_a_moment')],
            },
        ),
    ]
