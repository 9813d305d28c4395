
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0005_films'),
        ('plaques', '0006_screens'),
        ('streets', '0006_sent_papers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CardCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(choices=[('good', 'Good'), ('pasted_over', 'Code pasted over'), ('damaged', 'Damaged')], max_length=12, verbose_name='finding')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
            ],
            options={
                'verbose_name': 'check of a counter card',
                'verbose_name_plural': 'checks of counter cards',
                'ordering': ['-at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StaleNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(editable=False, verbose_name='not confirmed since')),
                ('days', models.PositiveSmallIntegerField(editable=False, verbose_name='days')),
                ('made_on', models.DateField(editable=False, verbose_name='made on')),
            ],
            options={
                'verbose_name': 'question whether a page is still right',
                'verbose_name_plural': 'questions whether pages are still right',
                'ordering': ['-made_on', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='VendorPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('upload_key', models.UUIDField(editable=False)),
                ('uploaded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='uploaded on')),
                ('used_at', models.DateTimeField(editable=False, null=True, verbose_name='last used on')),
            ],
            options={
                'verbose_name': 'vendor’s photo',
                'verbose_name_plural': 'vendors’ photos',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='shop',
            name='card_checked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='code checked on'),
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), ('made_by', None), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='streets_account_not_approved_by_its_maker'),
        ),
        migrations.AddField(
            model_name='cardcheck',
            name='by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='cardcheck',
            name='plaque',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plaques.plaque', verbose_name='plaque'),
        ),
        migrations.AddField(
            model_name='cardcheck',
            name='shop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='card_checks', to='streets.shop', verbose_name='shop'),
        ),
        migrations.AddField(
            model_name='stalenotice',
            name='shop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stale_notices', to='streets.shop', verbose_name='shop'),
        ),
        migrations.AddField(
            model_name='vendorpicture',
            name='picture',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='from_vendor', to='media.picture', verbose_name='photo'),
        ),
        migrations.AddField(
            model_name='vendorpicture',
            name='shop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vendor_pictures', to='streets.shop', verbose_name='shop'),
        ),
        migrations.AddField(
            model_name='vendorpicture',
            name='uploaded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by'),
        ),
        migrations.AddConstraint(
            model_name='stalenotice',
            constraint=models.UniqueConstraint(fields=('shop', 'since', 'days'), name='streets_asked_once_per_threshold'),
        ),
        migrations.AddConstraint(
            model_name='vendorpicture',
            constraint=models.UniqueConstraint(fields=('shop', 'upload_key'), name='streets_one_picture_per_upload'),
        ),
    ]
