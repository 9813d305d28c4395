"""Legal routes, papers, inspections and self-checks of food establishments, and the law they rest on."""

import django.core.validators
import django.db.models.deletion
import media.models
import modelcluster.fields
import streets.models.legal_documents
import wardmark.base.languages
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('streets', '0013_payment_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FoodDecree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='A short name for data exchange, without spaces or accents. Never shown to visitors.', max_length=60, unique=True, verbose_name='key')),
                ('number', models.CharField(help_text='As it is cited.', max_length=60, unique=True, verbose_name='number')),
                ('in_force_from', models.DateField(blank=True, null=True, verbose_name='in force from')),
                ('in_force_until', models.DateField(blank=True, help_text='Its last day, if it has one.', null=True, verbose_name='in force until')),
                ('suspended_until', models.DateField(blank=True, help_text='The last day of the suspension, if there was one.', null=True, verbose_name='suspended until')),
                ('unknown_after', models.DateField(blank=True, help_text='After this day somebody must look up whether it holds; the site then claims nothing.', null=True, verbose_name='looked up until')),
                ('source_url', models.URLField(blank=True, verbose_name='where it can be read')),
                ('note', models.TextField(blank=True, max_length=600, verbose_name='note')),
            ],
            options={
                'verbose_name': 'food-safety decree',
                'verbose_name_plural': 'food-safety decrees',
                'ordering': ['-in_force_from', 'number'],
            },
        ),
        migrations.CreateModel(
            name='SelfCheckPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='A short name for data exchange, without spaces or accents. Never shown to visitors.', max_length=60, unique=True, verbose_name='key')),
                ('sort_order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('basis', models.CharField(blank=True, max_length=80, verbose_name='where the law says so')),
            ],
            options={
                'verbose_name': 'point of the self-check',
                'verbose_name_plural': 'points of the self-check',
                'ordering': ['sort_order', 'key'],
            },
        ),
        migrations.CreateModel(
            name='ExemptionClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.CharField(help_text='For example 12.1.', max_length=30, verbose_name='article and paragraph')),
                ('letter', models.CharField(max_length=3, verbose_name='letter')),
                ('situation', models.CharField(choices=[('primary_production', 'small primary production'), ('no_fixed_place', 'sells without a fixed place'), ('preliminary_processing', 'small preliminary processing'), ('small_trading', 'small trade in food'), ('prepackaged', 'sells prepackaged food only'), ('packaging', 'packaging and utensils for food'), ('hotel_restaurant', 'restaurant in a hotel'), ('canteen', 'canteen that is not registered as a food business'), ('street_food', 'street food'), ('quality_system', 'holds a certificate of a quality system')], max_length=30, verbose_name='whom it exempts')),
                ('decree', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='streets.fooddecree', verbose_name='decree')),
            ],
            options={
                'verbose_name': 'exemption clause',
                'verbose_name_plural': 'exemption clauses',
                'ordering': ['decree', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FoodDecreeWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=wardmark.base.languages.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=250, verbose_name='title')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='streets.fooddecree')),
            ],
            options={
                'verbose_name': 'words of a food-safety decree',
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('planned', 'Planned inspection'), ('unannounced', 'Unannounced inspection'), ('follow_up', 'Follow-up inspection'), ('complaint', 'Inspection after a complaint')], max_length=20, verbose_name='kind of inspection')),
                ('decision_number', models.CharField(max_length=80, verbose_name='number of the decision')),
                ('decision_date', models.DateField(help_text='Not after the inspection.', verbose_name='date of the decision')),
                ('inspected_on', models.DateField(verbose_name='inspected on')),
                ('team', models.CharField(help_text='The body or team. No names of persons: this becomes public.', max_length=150, verbose_name='who inspected')),
                ('outcome', models.CharField(choices=[('pass', 'Requirements met'), ('conditional', 'Met on conditions'), ('fail', 'Requirements not met')], max_length=20, verbose_name='outcome')),
                ('follow_up_due', models.DateField(blank=True, null=True, verbose_name='follow-up due')),
                ('note', models.TextField(blank=True, help_text='Never shown to visitors.', max_length=1000, verbose_name='internal note')),
                ('corrects_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what was wrong')),
                ('finalised_on', models.DateField(editable=False, null=True, verbose_name='finalised on')),
                ('withheld_on', models.DateField(editable=False, null=True, verbose_name='withheld since')),
                ('withheld_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it is withheld')),
                ('corrects', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='streets.inspection', verbose_name='corrects')),
                ('finalised_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='finalised by')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='streets.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'inspection',
                'verbose_name_plural': 'inspections',
                'ordering': ['-inspected_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('words', models.TextField(help_text='In plain words, in the site’s first language.', max_length=400, verbose_name='what was found')),
                ('words_en', models.TextField(blank=True, max_length=400, verbose_name='the same in English')),
                ('severity', models.CharField(choices=[('minor', 'minor'), ('major', 'major'), ('critical', 'critical')], max_length=10, verbose_name='severity')),
                ('remedy', models.TextField(blank=True, max_length=300, verbose_name='what is to be done')),
                ('remedy_en', models.TextField(blank=True, max_length=300, verbose_name='the same in English')),
                ('deadline', models.DateField(blank=True, null=True, verbose_name='to be done by')),
                ('remedied_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('photo', models.FileField(blank=True, help_text='Only officers see it.', storage=media.models.document_storage, upload_to=streets.models.legal_documents.private_name, verbose_name='photo')),
                ('inspection', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='streets.inspection')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InspectionReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField(max_length=500, validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='reply')),
                ('written_on', models.DateField(verbose_name='written on')),
                ('state', models.CharField(choices=[('waiting', 'Waits to be vetted'), ('accepted', 'Shown'), ('refused', 'Not shown')], default='waiting', max_length=10, verbose_name='state')),
                ('vetted_on', models.DateField(null=True, verbose_name='vetted on')),
                ('refused_why', models.CharField(blank=True, max_length=300, verbose_name='why it is not shown')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='streets.inspection', verbose_name='inspection')),
                ('vetted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vetted by')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
            ],
            options={
                'verbose_name': 'reply to an inspection',
                'verbose_name_plural': 'replies to inspections',
                'ordering': ['-written_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LegalDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('certificate', 'Certificate of food-safety eligibility'), ('commitment', 'Commitment to food safety'), ('quality', 'Certificate of a quality system'), ('sign', 'Recognition sign'), ('other', 'Other paper')], max_length=20, verbose_name='kind of paper')),
                ('quality_system', models.CharField(blank=True, choices=[('gmp', 'GMP'), ('haccp', 'HACCP'), ('iso_22000', 'ISO 22000'), ('ifs', 'IFS'), ('brc', 'BRC'), ('fssc_22000', 'FSSC 22000'), ('equivalent', 'an equivalent one')], help_text='For the certificate of a quality system only.', max_length=20, verbose_name='quality system')),
                ('number', models.CharField(blank=True, max_length=80, verbose_name='number')),
                ('authority', models.CharField(blank=True, help_text='The authority on the paper.', max_length=200, verbose_name='issued by')),
                ('issued_on', models.DateField(verbose_name='issued on')),
                ('expires_on', models.DateField(blank=True, help_text='Its last day. Left empty, a certificate gets three years; another paper has no end.', null=True, verbose_name='valid until')),
                ('scope', models.CharField(blank=True, max_length=250, verbose_name='what it covers')),
                ('holder', models.CharField(help_text='The name on the paper, letter by letter.', max_length=200, verbose_name='made out to')),
                ('other_holder_why', models.CharField(blank=True, help_text='Needed where the name is neither the shop’s trading name nor its legal name.', max_length=300, verbose_name='why it bears another name')),
                ('file', models.FileField(blank=True, help_text='PDF, JPEG or PNG. Only officers see it.', storage=media.models.document_storage, upload_to=streets.models.legal_documents.private_name, verbose_name='scan or photo')),
                ('verified_how', models.CharField(blank=True, choices=[('original', 'the original was seen'), ('register', 'looked up in the authority’s register'), ('authority', 'the authority confirmed it')], editable=False, max_length=20, verbose_name='how it was verified')),
                ('verified_on', models.DateField(editable=False, null=True, verbose_name='verified on')),
                ('revoked_on', models.DateField(editable=False, null=True, verbose_name='revoked on')),
                ('revoked_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it was revoked')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='streets.shop', verbose_name='shop')),
                ('verified_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verified by')),
            ],
            options={
                'verbose_name': 'legal document',
                'verbose_name_plural': 'legal documents',
                'ordering': ['-issued_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LegalRoute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('certificate', 'Certificate required'), ('commitment', 'Exempt, with a commitment'), ('quality_system', 'Exempt by a quality system'), ('undetermined', 'Not yet determined')], max_length=20, verbose_name='legal route')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='answers')),
                ('note', models.TextField(blank=True, max_length=600, verbose_name='note')),
                ('decided_by_name', models.CharField(blank=True, max_length=150, verbose_name='decided by')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('superseded_on', models.DateField(blank=True, null=True, verbose_name='superseded on')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legal_routes', to='streets.exemptionclause', verbose_name='clause')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('decree', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legal_routes', to='streets.fooddecree', verbose_name='decree')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legal_routes', to='streets.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'legal route',
                'verbose_name_plural': 'legal routes',
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PaperReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days_before', models.PositiveSmallIntegerField(verbose_name='days before')),
                ('expires_on', models.DateField(verbose_name='valid until')),
                ('made_on', models.DateField(verbose_name='made on')),
                ('done_at', models.DateTimeField(null=True, verbose_name='dealt with')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='streets.legaldocument', verbose_name='paper')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='dealt with by')),
            ],
            options={
                'verbose_name': 'reminder of a paper',
                'verbose_name_plural': 'reminders of papers',
                'ordering': ['expires_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SelfCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checked_on', models.DateField(verbose_name='checked on')),
                ('asked', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='points asked')),
                ('met', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='points met')),
                ('by_vendor', models.BooleanField(default=False, editable=False, verbose_name='entered by the vendor')),
                ('entered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='self_checks', to='streets.shop', verbose_name='shop')),
                ('points', models.ManyToManyField(blank=True, related_name='+', to='streets.selfcheckpoint', verbose_name='points that are met')),
            ],
            options={
                'verbose_name': 'self-check',
                'verbose_name_plural': 'self-checks',
                'ordering': ['-checked_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SelfCheckPointWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=wardmark.base.languages.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=200, verbose_name='words')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='streets.selfcheckpoint')),
            ],
            options={
                'verbose_name': 'words of a point of the self-check',
            },
        ),
        migrations.CreateModel(
            name='ExemptionClauseWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=wardmark.base.languages.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=300, verbose_name='words')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='streets.exemptionclause')),
            ],
            options={
                'verbose_name': 'words of an exemption clause',
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='streets_clause_one_wording_per_language')],
            },
        ),
        migrations.AddConstraint(
            model_name='exemptionclause',
            constraint=models.UniqueConstraint(fields=('decree', 'article', 'letter'), name='streets_clause_once_per_decree'),
        ),
        migrations.AddConstraint(
            model_name='exemptionclause',
            constraint=models.UniqueConstraint(fields=('decree', 'situation'), name='streets_situation_once_per_decree'),
        ),
        migrations.AddConstraint(
            model_name='fooddecreewording',
            constraint=models.UniqueConstraint(fields=('record', 'language'), name='streets_decree_one_wording_per_language'),
        ),
        migrations.AddConstraint(
            model_name='inspectionreply',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'accepted')), fields=('inspection',), name='streets_one_shown_reply'),
        ),
        migrations.AddConstraint(
            model_name='legalroute',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_on', None)), fields=('shop',), name='streets_one_current_legal_route'),
        ),
        migrations.AddConstraint(
            model_name='paperreminder',
            constraint=models.UniqueConstraint(fields=('document', 'expires_on', 'days_before'), name='streets_reminder_once_per_threshold'),
        ),
        migrations.AddConstraint(
            model_name='selfcheckpointwording',
            constraint=models.UniqueConstraint(fields=('record', 'language'), name='streets_check_point_one_wording_per_language'),
        ),
    ]
