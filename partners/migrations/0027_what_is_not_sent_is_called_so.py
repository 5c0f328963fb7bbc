"""What failed and what nobody needs have other names for people; nothing changes in the database."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0026_letters_called_junk'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('failed', 'could not be sent'), ('bounced', 'came back'), ('stopped', 'stopped'), ('skipped', 'will not be sent')], default='waiting', max_length=8, verbose_name='state'),
        ),
    ]
