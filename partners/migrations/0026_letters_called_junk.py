"""Readers may call a letter junk, as a sending service tells."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0025_the_words_of_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='unwanted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='marked as junk'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('unwanted_at__isnull', False)), fields=['unwanted_at'], name='message_unwanted'),
        ),
    ]
