import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0009_letters_are_counted_by_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='declined_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='name',
            field=models.CharField(blank=True, db_default='', max_length=150, verbose_name='name'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='role',
            field=models.CharField(blank=True, choices=[('member', 'member'), ('contact_person', 'contact person')], db_default='', max_length=15, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='invitation',
            name='withdrawn_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisation',
            name='corrected_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='corrected at'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='corrected_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='left_on',
            field=models.DateField(blank=True, null=True, verbose_name='left on'),
        ),
        migrations.AddField(
            model_name='user',
            name='corrected_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='corrected at'),
        ),
        migrations.AddField(
            model_name='user',
            name='corrected_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(fields=['created_by', 'created_at'], name='invitation_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('role', ''), _negated=True), ('accepted_at', None), ('declined_at', None), ('withdrawn_at', None)), fields=('person', 'organisation'), name='invitation_asks_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(role="") | models.Q(role__in=["member", "contact_person"]),
                name="invitation_role_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(role="") | models.Q(organisation__isnull=False),
                name="invitation_to_a_role_names_the_organisation",
            ),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(declined_at__isnull=True) | models.Q(withdrawn_at__isnull=True), name='invitation_is_declined_or_withdrawn_not_both'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_by__isnull', True), ('withdrawn_at__isnull', False), _connector='OR'), name='invitation_withdrawn_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('corrected_by__isnull', True), ('corrected_at__isnull', False), _connector='OR'), name='organisation_corrected_by_has_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('joined_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='organisation_leaves_after_it_joined', violation_error_message='An organisation cannot leave before it joined.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('corrected_by__isnull', True), ('corrected_at__isnull', False), _connector='OR'), name='user_corrected_by_has_a_moment'),
        ),
    ]
