"""When a shop is open, whether it is closed, moved or gone, and the log of what was changed of that."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('streets', '0005_shop_records'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='shop',
            name='closed_since',
            field=models.DateField(blank=True, help_text='The first day.', null=True, verbose_name='since'),
        ),
        migrations.AddField(
            model_name='shop',
            name='closed_until',
            field=models.DateField(blank=True, help_text='The last day of rest, if it is known; the day after, the page says so by itself no more.', null=True, verbose_name='until'),
        ),
        migrations.AddField(
            model_name='shop',
            name='closure',
            field=models.CharField(blank=True, choices=[('', 'In business'), ('temporary', 'Temporarily closed'), ('moved', 'Moved'), ('for_good', 'Closed for good')], db_index=True, default='', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='shop',
            name='closure_note',
            field=models.JSONField(blank=True, default=dict, verbose_name='note for visitors'),
        ),
        migrations.AddField(
            model_name='shop',
            name='hours',
            field=models.JSONField(blank=True, default=None, null=True, verbose_name='opening hours'),
        ),
        migrations.AddField(
            model_name='shop',
            name='hours_note',
            field=models.JSONField(blank=True, default=dict, help_text='What a table cannot say, for example that the shop closes once everything is sold.', verbose_name='note on the hours'),
        ),
        migrations.AddField(
            model_name='shop',
            name='moved_to',
            field=models.ForeignKey(blank=True, help_text='The shop of this site that it is now; its page is linked.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='moved_from', to='streets.shop', verbose_name='continues as'),
        ),
        migrations.AddField(
            model_name='shop',
            name='moved_to_address',
            field=models.CharField(blank=True, help_text='Where it is now, if it has no page here.', max_length=250, verbose_name='new address'),
        ),
        migrations.AddField(
            model_name='shop',
            name='special_days',
            field=models.JSONField(blank=True, default=list, verbose_name='special days'),
        ),
        migrations.CreateModel(
            name='FactChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('what', models.CharField(editable=False, max_length=60, verbose_name='what')),
                ('before', models.JSONField(editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='before')),
                ('after', models.JSONField(editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='after')),
                ('who', models.CharField(blank=True, editable=False, max_length=150, verbose_name='name at the time')),
                ('by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_changes', to='streets.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'change of a shop’s facts',
                'verbose_name_plural': 'changes of the shops’ facts',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['shop', '-at'], name='streets_changes_of_one_shop')],
            },
        ),
    ]
