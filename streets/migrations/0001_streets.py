"""All of streets in one step for a new site; an older one goes through the migrations that this replaces."""

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import media.models
import modelcluster.fields
import streets.measures
import streets.models.legal_documents
import wardmark.base.national_phones
import streets.vocabularies
import uuid
import wagtail.fields
import wardmark.base.geometry_fields
import wardmark.base.languages
import wardmark.base.phones
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from streets.law.food_safety import enter_food_law
from streets.law.payment_lists import enter_payment_lists

FOOD_LAW = (
    "ExemptionClause",
    "ExemptionClauseWording",
    "FoodDecree",
    "FoodDecreeWording",
    "SelfCheckPoint",
    "SelfCheckPointWording",
)


def enter_first_lists(apps, schema_editor):
    """What 0013_payment_lists and 0015_food_law enter; the other data of those migrations moves what a new site lacks."""
    enter_payment_lists({name: apps.get_model("streets", name) for name in ("Bank", "PayeeNameRule")})
    enter_food_law({name: apps.get_model("streets", name) for name in FOOD_LAW})


class Migration(migrations.Migration):

    replaces = [('streets', '0001_first'), ('streets', '0002_promise'), ('streets', '0003_line'), ('streets', '0004_sound_and_video'), ('streets', '0005_shop_records'), ('streets', '0006_opening'), ('streets', '0007_hours_from_text'), ('streets', '0008_no_hours_in_words'), ('streets', '0009_folded_names'), ('streets', '0010_listing'), ('streets', '0011_phones_and_addresses'), ('streets', '0012_payment_accounts'), ('streets', '0013_payment_lists'), ('streets', '0014_food_safety'), ('streets', '0015_food_law'), ('streets', '0016_papers_become_documents'), ('streets', '0017_no_paper_on_pages'), ('streets', '0018_programme_criteria')]

    initial = True

    dependencies = [
        ('media', '0001_first'),
        ('media', '0005_films'),
        ('wagtail_localize', '0016_rename_page_revision_translationlog_revision'),
        ('wagtailcore', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='A short name for data exchange, without spaces or accents. Never shown to visitors.', max_length=60, unique=True, verbose_name='key')),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='ShopCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(help_text='A short name for data exchange, without spaces or accents. Never shown to visitors.', max_length=60, unique=True, verbose_name='key')),
                ('osm_tag', models.CharField(blank=True, help_text='The tag of OpenStreetMap, for example amenity=cafe.', max_length=160, validators=[streets.vocabularies.validate_osm_tag], verbose_name='for maps')),
                ('schema_type', models.CharField(blank=True, choices=[('FoodEstablishment', 'FoodEstablishment'), ('Bakery', 'Bakery'), ('BarOrPub', 'BarOrPub'), ('Brewery', 'Brewery'), ('CafeOrCoffeeShop', 'CafeOrCoffeeShop'), ('FastFoodRestaurant', 'FastFoodRestaurant'), ('IceCreamShop', 'IceCreamShop'), ('Restaurant', 'Restaurant'), ('LocalBusiness', 'LocalBusiness'), ('AutoRepair', 'AutoRepair'), ('BankOrCreditUnion', 'BankOrCreditUnion'), ('BeautySalon', 'BeautySalon'), ('BikeStore', 'BikeStore'), ('BookStore', 'BookStore'), ('ClothingStore', 'ClothingStore'), ('ComputerStore', 'ComputerStore'), ('ConvenienceStore', 'ConvenienceStore'), ('Dentist', 'Dentist'), ('DryCleaningOrLaundry', 'DryCleaningOrLaundry'), ('ElectronicsStore', 'ElectronicsStore'), ('Florist', 'Florist'), ('FurnitureStore', 'FurnitureStore'), ('GroceryStore', 'GroceryStore'), ('HairSalon', 'HairSalon'), ('HardwareStore', 'HardwareStore'), ('HealthAndBeautyBusiness', 'HealthAndBeautyBusiness'), ('Hotel', 'Hotel'), ('JewelryStore', 'JewelryStore'), ('MobilePhoneStore', 'MobilePhoneStore'), ('MotorcycleRepair', 'MotorcycleRepair'), ('OfficeEquipmentStore', 'OfficeEquipmentStore'), ('Optician', 'Optician'), ('PetStore', 'PetStore'), ('Pharmacy', 'Pharmacy'), ('ShoeStore', 'ShoeStore'), ('SportingGoodsStore', 'SportingGoodsStore'), ('Store', 'Store'), ('ToyStore', 'ToyStore')], help_text='What search engines are told that such shops are, in the words of schema.org.', max_length=40, verbose_name='for search engines')),
            ],
            options={
                'verbose_name': 'shop category',
                'verbose_name_plural': 'shop categories',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='StreetPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='What a visitor should know within 20 seconds; also shown in lists and search results.', max_length=400, verbose_name='summary')),
                ('is_illustrative', models.BooleanField(default=False, help_text='Says on the page that its facts still await confirmation by the ward.', verbose_name='sample data')),
                ('photo_alt', models.CharField(blank=True, help_text='What the photo shows, for visitors who cannot see it.', max_length=200, verbose_name='photo in words')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, help_text='In degrees, for example 21.037110', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('-90')), django.core.validators.MaxValueValidator(Decimal('90'))], verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, help_text='In degrees, for example 105.794890', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('-180')), django.core.validators.MaxValueValidator(Decimal('180'))], verbose_name='longitude')),
                ('opening_hours', models.TextField(blank=True, help_text='One line per period, for example “Daily: 06:00–18:00”.', max_length=500, verbose_name='opening hours')),
                ('story', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('picture', 4), ('quote', 7), ('source', 10), ('audio', 12), ('video', 15), ('video_link', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Heading', 'max_length': 120, 'template': 'base/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Paragraph', 'template': 'base/blocks/paragraph.html'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 250, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('picture', 2), ('caption', 3)]], {}), 5: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Who said or wrote it', 'max_length': 250, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 5), ('attribution', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'Author, title, year, page.', 'label': 'What it is', 'max_length': 250}), 9: ('wagtail.blocks.URLBlock', (), {'label': 'Web address', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('url', 9)]], {}), 11: ('wagtailmedia.blocks.AudioChooserBlock', (), {'help_text': 'Its transcript, which it needs to be published, is written in the library.', 'label': 'Recording'}), 12: ('wagtail.blocks.StructBlock', [[('recording', 11), ('caption', 3)]], {}), 13: ('wagtailmedia.blocks.VideoChooserBlock', (), {'help_text': 'It needs captions or a transcript to be published; they are kept with it in the library.', 'label': 'Video'}), 14: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'What visitors see until they tap: nothing else is loaded.', 'label': 'Picture before it plays'}), 15: ('wagtail.blocks.StructBlock', [[('recording', 13), ('image', 14), ('caption', 3)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 17: ('wagtail.blocks.URLBlock', (), {'help_text': 'As it is shared on YouTube or Vimeo. What tells who shared it is removed.', 'label': 'Web address'}), 18: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'From our own library, to tap on.', 'label': 'Picture'}), 19: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'About how much a phone loads to watch it, if you know: 10 for a minute is usual.', 'label': 'Megabytes', 'max_value': 2000, 'min_value': 1, 'required': False}), 20: ('wagtail.blocks.StructBlock', [[('title', 16), ('address', 17), ('image', 18), ('megabytes', 19), ('caption', 3)]], {})}, verbose_name='story')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.picture', verbose_name='photo')),
                ('promise', models.CharField(blank=True, help_text='The line on the plaque that says what a scan gives, for example “Nghe 2 phút vì sao …”. Left empty, the plaque says what fits all pages of this kind.', max_length=90, verbose_name='promise')),
                ('line', wardmark.base.geometry_fields.GeometryField(help_text='One position per line along the middle of the street, latitude first, for example 21.030915, 105.788062; an empty line begins another part. GeoJSON of a line, for example drawn at geojson.io, does as well.', shape='lines', verbose_name='line on the map')),
            ],
            options={
                'verbose_name': 'street',
                'verbose_name_plural': 'streets',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Shop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page_key', models.UUIDField(editable=False, unique=True, verbose_name='page key')),
                ('name', models.CharField(blank=True, editable=False, help_text='As its page in the first language has it.', max_length=255, verbose_name='name')),
                ('closed_since', models.DateField(blank=True, help_text='The first day.', null=True, verbose_name='since')),
                ('closed_until', models.DateField(blank=True, help_text='The last day of rest, if it is known; the day after, the page says so by itself no more.', null=True, verbose_name='until')),
                ('closure', models.CharField(blank=True, choices=[('', 'In business'), ('temporary', 'Temporarily closed'), ('moved', 'Moved'), ('for_good', 'Closed for good')], db_index=True, default='', max_length=10, verbose_name='state')),
                ('closure_note', models.JSONField(blank=True, default=dict, verbose_name='note for visitors')),
                ('hours', models.JSONField(blank=True, default=None, null=True, verbose_name='opening hours')),
                ('hours_note', models.JSONField(blank=True, default=dict, help_text='What a table cannot say, for example that the shop closes once everything is sold.', verbose_name='note on the hours')),
                ('moved_to', models.ForeignKey(blank=True, help_text='The shop of this site that it is now; its page is linked.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='moved_from', to='streets.shop', verbose_name='continues as')),
                ('moved_to_address', models.CharField(blank=True, help_text='Where it is now, if it has no page here.', max_length=250, verbose_name='new address')),
                ('special_days', models.JSONField(blank=True, default=list, verbose_name='special days')),
                ('folded', models.CharField(blank=True, editable=False, max_length=255)),
                ('amenities', models.JSONField(blank=True, default=list, verbose_name='amenities')),
                ('confirmed_by_officer_on', models.DateField(blank=True, null=True, verbose_name='confirmed by the ward on')),
                ('confirmed_by_owner_on', models.DateField(blank=True, null=True, verbose_name='confirmed by its owner on')),
                ('gives_e_invoice', models.BooleanField(blank=True, default=None, help_text='Unknown until somebody has asked.', null=True, verbose_name='gives e-invoices')),
                ('payment_kinds', models.JSONField(blank=True, default=list, verbose_name='payment accepted')),
                ('price_from', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(500), django.core.validators.MaxValueValidator(1000000000)], verbose_name='prices from (VND)')),
                ('price_to', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(500), django.core.validators.MaxValueValidator(1000000000)], verbose_name='prices to (VND)')),
                ('payment_changes_at', models.DateTimeField(editable=False, null=True, verbose_name='next account active from')),
                ('payment_standing', models.CharField(blank=True, choices=[('pending', 'Being checked for the first time'), ('active', 'Active'), ('suspended', 'Being checked again')], editable=False, max_length=12, verbose_name='payment')),
            ],
            options={
                'verbose_name': 'shop record',
                'verbose_name_plural': 'shop records',
                'ordering': ['name', 'pk'],
                'default_permissions': ('change', 'view'),
            },
        ),
        migrations.CreateModel(
            name='ShopPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='What a visitor should know within 20 seconds; also shown in lists and search results.', max_length=400, verbose_name='summary')),
                ('is_illustrative', models.BooleanField(default=False, help_text='Says on the page that its facts still await confirmation by the ward.', verbose_name='sample data')),
                ('photo_alt', models.CharField(blank=True, help_text='What the photo shows, for visitors who cannot see it.', max_length=200, verbose_name='photo in words')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('latitude', models.DecimalField(blank=True, decimal_places=6, help_text='In degrees, for example 21.037110', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('-90')), django.core.validators.MaxValueValidator(Decimal('90'))], verbose_name='latitude')),
                ('longitude', models.DecimalField(blank=True, decimal_places=6, help_text='In degrees, for example 105.794890', max_digits=9, null=True, validators=[django.core.validators.MinValueValidator(Decimal('-180')), django.core.validators.MaxValueValidator(Decimal('180'))], verbose_name='longitude')),
                ('story', wagtail.fields.StreamField([('heading', 0), ('paragraph', 1), ('picture', 4), ('quote', 7), ('source', 10), ('audio', 12), ('video', 15), ('video_link', 20)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'icon': 'title', 'label': 'Heading', 'max_length': 120, 'template': 'base/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'icon': 'pilcrow', 'label': 'Paragraph', 'template': 'base/blocks/paragraph.html'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 250, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('picture', 2), ('caption', 3)]], {}), 5: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Who said or wrote it', 'max_length': 250, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 5), ('attribution', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'Author, title, year, page.', 'label': 'What it is', 'max_length': 250}), 9: ('wagtail.blocks.URLBlock', (), {'label': 'Web address', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('text', 8), ('url', 9)]], {}), 11: ('wagtailmedia.blocks.AudioChooserBlock', (), {'help_text': 'Its transcript, which it needs to be published, is written in the library.', 'label': 'Recording'}), 12: ('wagtail.blocks.StructBlock', [[('recording', 11), ('caption', 3)]], {}), 13: ('wagtailmedia.blocks.VideoChooserBlock', (), {'help_text': 'It needs captions or a transcript to be published; they are kept with it in the library.', 'label': 'Video'}), 14: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'What visitors see until they tap: nothing else is loaded.', 'label': 'Picture before it plays'}), 15: ('wagtail.blocks.StructBlock', [[('recording', 13), ('image', 14), ('caption', 3)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 17: ('wagtail.blocks.URLBlock', (), {'help_text': 'As it is shared on YouTube or Vimeo. What tells who shared it is removed.', 'label': 'Web address'}), 18: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'From our own library, to tap on.', 'label': 'Picture'}), 19: ('wagtail.blocks.IntegerBlock', (), {'help_text': 'About how much a phone loads to watch it, if you know: 10 for a minute is usual.', 'label': 'Megabytes', 'max_value': 2000, 'min_value': 1, 'required': False}), 20: ('wagtail.blocks.StructBlock', [[('title', 16), ('address', 17), ('image', 18), ('megabytes', 19), ('caption', 3)]], {})}, verbose_name='story')),
                ('phone', models.CharField(blank=True, max_length=30, validators=[wardmark.base.national_phones.validate_national], verbose_name='public phone')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='media.picture', verbose_name='photo')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shops', to='streets.shopcategory', verbose_name='category')),
                ('promise', models.CharField(blank=True, help_text='The line on the plaque that says what a scan gives, for example “Nghe 2 phút vì sao …”. Left empty, the plaque says what fits all pages of this kind.', max_length=90, verbose_name='promise')),
                ('shop', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='streets.shop', verbose_name='the shop itself')),
                ('alley', models.CharField(blank=True, help_text='Off the street, for example “ngõ 12/34” or “ngách 34, ngõ 12”. Leave it empty on the street.', max_length=80, verbose_name='alley')),
                ('floor', models.CharField(blank=True, max_length=20, verbose_name='floor')),
                ('house_number', models.CharField(blank=True, help_text='The number alone, for example 12A.', max_length=30, verbose_name='house number')),
                ('legal_form', models.CharField(blank=True, choices=[('', 'Not yet known'), ('household', 'Household business'), ('private', 'Private enterprise'), ('company', 'Company'), ('cooperative', 'Cooperative'), ('other', 'Other')], default='', max_length=20, verbose_name='legal form')),
                ('legal_name', models.CharField(blank=True, help_text='As registered, the same in all languages. Visitors find the page by it too.', max_length=200, verbose_name='legal name')),
                ('links', models.TextField(blank=True, help_text='One address per line: Facebook, Zalo, Google Maps, TikTok, its own site …', max_length=2500, verbose_name='links')),
            ],
            options={
                'verbose_name': 'shop',
                'verbose_name_plural': 'shops',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ProgrammeWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=wardmark.base.languages.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('description', models.CharField(blank=True, help_text='What the programme means for somebody walking in the street.', max_length=300, verbose_name='description')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='streets.programme')),
            ],
            options={
                'verbose_name': 'words of a programme',
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='streets_programme_one_wording_per_language')],
            },
        ),
        migrations.CreateModel(
            name='ShopMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shop_memberships', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='streets.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'shop member',
                'verbose_name_plural': 'shop members',
                'constraints': [models.UniqueConstraint(fields=('shop', 'user'), name='streets_member_once_per_shop')],
            },
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
        migrations.CreateModel(
            name='ShopCategoryWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=wardmark.base.languages.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('record', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='streets.shopcategory')),
            ],
            options={
                'verbose_name': 'words of a shop category',
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='streets_category_one_wording_per_language')],
            },
        ),
        migrations.CreateModel(
            name='StreetProgramme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='street_links', to='streets.programme', verbose_name='programme')),
                ('street', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme_links', to='streets.streetpage')),
            ],
            options={
                'verbose_name': 'programme of a street',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('street', 'programme'), name='streets_programme_once_per_street')],
            },
        ),
        migrations.CreateModel(
            name='StreetIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='What a visitor should know within 20 seconds; also shown in lists and search results.', max_length=400, verbose_name='summary')),
                ('is_illustrative', models.BooleanField(default=False, help_text='Says on the page that its facts still await confirmation by the ward.', verbose_name='sample data')),
                ('promise', models.CharField(blank=True, help_text='The line on the plaque that says what a scan gives, for example “Nghe 2 phút vì sao …”. Left empty, the plaque says what fits all pages of this kind.', max_length=90, verbose_name='promise')),
            ],
            options={
                'verbose_name': 'list of streets',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.JSONField(default=dict, verbose_name='name')),
                ('note', models.JSONField(blank=True, default=dict, verbose_name='note')),
                ('price', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(500), django.core.validators.MaxValueValidator(1000000000)], verbose_name='price (VND)')),
                ('unit', models.JSONField(blank=True, default=dict, help_text='For example bowl, kilogram.', verbose_name='per')),
                ('sold_out', models.BooleanField(default=False, verbose_name='sold out')),
                ('allergens', models.JSONField(blank=True, default=list, help_text='What the seller has said. Nothing ticked says nothing.', verbose_name='contains')),
                ('shop', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='products', to='streets.shop', verbose_name='shop')),
            ],
            options={
                'verbose_name': 'product',
                'verbose_name_plural': 'products',
                'ordering': ['sort_order', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ShopPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('alt', models.CharField(help_text='What the photo shows, for visitors who cannot see it.', max_length=200, verbose_name='photo in words')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='gallery', to='streets.shoppage')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='media.picture', verbose_name='photo')),
            ],
            options={
                'verbose_name': 'photo of a shop',
                'verbose_name_plural': 'photos of a shop',
                'ordering': ['sort_order'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
        ),
        migrations.CreateModel(
            name='FoodVendorPage',
            fields=[
                ('shoppage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='streets.shoppage')),
                ('paper_kind', models.CharField(blank=True, choices=[('certificate', 'Certificate of food-safety eligibility'), ('commitment', 'Commitment to food safety')], max_length=20, verbose_name='paper')),
                ('paper_number', models.CharField(blank=True, max_length=80, verbose_name='number')),
                ('paper_issued_on', models.DateField(blank=True, null=True, verbose_name='issued on')),
                ('paper_expires_on', models.DateField(blank=True, help_text='A commitment may have no end.', null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'food vendor',
                'verbose_name_plural': 'food vendors',
            },
            bases=('streets.shoppage',),
        ),
        migrations.CreateModel(
            name='Bank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bin', models.CharField(help_text='The 6 digits by which VietQR codes name the bank.', max_length=6, validators=[django.core.validators.RegexValidator('\\A[0-9]{6}\\Z', 'A bank’s number has exactly 6 digits.')], verbose_name='bank number (BIN)')),
                ('short_name', models.CharField(help_text='As bank apps and people call it.', max_length=40, verbose_name='short name')),
                ('short_name_en', models.CharField(blank=True, help_text='Only where it differs.', max_length=40, verbose_name='short name in English')),
                ('name', models.CharField(max_length=160, verbose_name='full name')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='full name in English')),
                ('source', models.CharField(help_text='Where the number was looked up, and when.', max_length=200, verbose_name='source')),
                ('valid_from', models.DateField(blank=True, help_text='Left empty: always.', null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'bank',
                'verbose_name_plural': 'banks',
                'ordering': ['short_name', 'valid_from'],
                'constraints': [models.UniqueConstraint(fields=('bin', 'valid_from'), name='streets_bank_number_once_per_day'), models.UniqueConstraint(condition=models.Q(('valid_from', None)), fields=('bin',), name='streets_bank_number_once_for_all_time'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('bin'), 6), name='streets_bank_number_has_six_digits'), models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='streets_bank_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='PayeeNameRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('holder_kind', models.CharField(choices=[('household', 'Household business'), ('company', 'Company'), ('person', 'Person'), ('other', 'Other')], max_length=20, verbose_name='kind of holder')),
                ('beginnings', models.CharField(help_text='Without accents, as bank apps show names; several with commas.', max_length=200, verbose_name='may begin with')),
                ('source', models.CharField(max_length=200, verbose_name='document')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'rule for payees’ names',
                'verbose_name_plural': 'rules for payees’ names',
                'ordering': ['holder_kind', 'valid_from'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='streets_name_rule_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='PaymentAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(editable=False, verbose_name='version')),
                ('serial', models.CharField(editable=False, max_length=7, unique=True, verbose_name='serial number')),
                ('bank_bin', models.CharField(editable=False, max_length=6, verbose_name='bank number (BIN)')),
                ('sealed', models.TextField(editable=False, verbose_name='account number, encrypted')),
                ('fingerprint', models.CharField(db_index=True, editable=False, max_length=64, verbose_name='fingerprint')),
                ('last_four', models.CharField(editable=False, max_length=4, verbose_name='last four')),
                ('payee_name', models.CharField(editable=False, max_length=70, verbose_name='payee’s name')),
                ('holder_kind', models.CharField(choices=[('household', 'Household business'), ('company', 'Company'), ('person', 'Person'), ('other', 'Other')], editable=False, max_length=20, verbose_name='kind of holder')),
                ('name_accepted_why', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why this name is right')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('pending', 'Waiting'), ('active', 'Active'), ('superseded', 'Replaced'), ('suspended', 'Suspended'), ('revoked', 'Revoked')], default='draft', editable=False, max_length=12, verbose_name='state')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made on')),
                ('requested_at', models.DateTimeField(editable=False, null=True, verbose_name='requested on')),
                ('approved_at', models.DateTimeField(editable=False, null=True, verbose_name='approved on')),
                ('activated_at', models.DateTimeField(editable=False, null=True, verbose_name='active since')),
                ('approved_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approved by')),
                ('bank', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streets.bank', verbose_name='bank')),
                ('made_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('requested_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
                ('shop', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='payment_accounts', to='streets.shop', verbose_name='shop')),
                ('suspended_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='suspended by')),
            ],
            options={
                'verbose_name': 'payment account',
                'verbose_name_plural': 'payment accounts',
                'ordering': ['shop', '-version'],
                'permissions': [('request_paymentaccount', 'Can enter payment accounts and ask for their approval'), ('approve_paymentaccount', 'Can approve payment accounts as the second officer')],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='NameMismatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('day', models.DateField()),
                ('person', models.CharField(max_length=32)),
                ('place', models.CharField(max_length=32)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mismatches', to='streets.paymentaccount')),
            ],
            options={
                'verbose_name': 'other name seen by a payer',
                'verbose_name_plural': 'other names seen by payers',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='NameCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('verdict', models.CharField(choices=[('same', 'Right name'), ('other', 'Other name')], max_length=5, verbose_name='said')),
                ('times', models.PositiveIntegerField(default=1, verbose_name='times')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='name_counts', to='streets.paymentaccount')),
            ],
            options={
                'verbose_name': 'count of what payers said',
                'verbose_name_plural': 'counts of what payers said',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='shop',
            name='active_account',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='streets.paymentaccount', verbose_name='active payment account'),
        ),
        migrations.CreateModel(
            name='PaymentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='when')),
                ('kind', models.CharField(choices=[('made', 'Entered'), ('requested', 'Approval asked for'), ('approved', 'Approved'), ('activated', 'Became active'), ('superseded', 'Replaced by the next version'), ('suspended', 'Suspended'), ('resumed', 'Suspension lifted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn'), ('revoked', 'Revoked'), ('number_shown', 'Full number looked at'), ('card_made', 'Counter card made'), ('resealed', 'Encrypted anew')], editable=False, max_length=20, verbose_name='what')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('pending', 'Waiting'), ('active', 'Active'), ('superseded', 'Replaced'), ('suspended', 'Suspended'), ('revoked', 'Revoked')], editable=False, max_length=12, verbose_name='state afterwards')),
                ('who', models.CharField(blank=True, editable=False, max_length=150, verbose_name='name at the time')),
                ('why', models.CharField(blank=True, editable=False, max_length=500, verbose_name='why')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='streets.paymentaccount', verbose_name='account')),
                ('by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'line of an account’s history',
                'verbose_name_plural': 'history of the payment accounts',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.UniqueConstraint(fields=('shop', 'version'), name='streets_account_version_once_per_shop'),
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('shop',), name='streets_one_active_account_per_shop'),
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('active', 'suspended'))), fields=('shop',), name='streets_one_standing_account_per_shop'),
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'pending'))), fields=('shop',), name='streets_one_account_on_the_way_per_shop'),
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('active', 'suspended')), _negated=True), models.Q(('activated_at__gte', models.F('approved_at')), ('activated_at__isnull', False), ('approved_at__isnull', False), ('approved_by__isnull', False), ('requested_at__isnull', False), ('requested_by__isnull', False)), _connector='OR'), name='streets_standing_account_was_approved'),
        ),
        migrations.AddConstraint(
            model_name='paymentaccount',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), ('requested_by', None), models.Q(('approved_by', models.F('requested_by')), _negated=True), _connector='OR'), name='streets_account_approved_by_a_second_person'),
        ),
        migrations.AddIndex(
            model_name='namemismatch',
            index=models.Index(fields=['account', 'at'], name='streets_mismatch_of_account'),
        ),
        migrations.AddConstraint(
            model_name='namecount',
            constraint=models.UniqueConstraint(fields=('account', 'day', 'verdict'), name='streets_name_count_once_per_day'),
        ),
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
        migrations.RemoveField(
            model_name='foodvendorpage',
            name='paper_expires_on',
        ),
        migrations.RemoveField(
            model_name='foodvendorpage',
            name='paper_issued_on',
        ),
        migrations.RemoveField(
            model_name='foodvendorpage',
            name='paper_kind',
        ),
        migrations.RemoveField(
            model_name='foodvendorpage',
            name='paper_number',
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('measure', models.SlugField(choices=streets.measures.measure_choices, max_length=40, verbose_name='what is counted')),
                ('target', models.PositiveIntegerField(blank=True, help_text='Leave empty while no target has been set.', null=True, verbose_name='target')),
                ('target_unit', models.CharField(choices=[('percent', 'per cent of the shops that count'), ('shops', 'shops')], default='percent', max_length=10, verbose_name='unit of the target')),
                ('source_url', models.URLField(blank=True, help_text='Where the target was published, if it is on the web.', verbose_name='address of the source')),
            ],
            options={
                'verbose_name': 'criterion',
                'verbose_name_plural': 'criteria',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CriterionWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=wardmark.base.languages.content_languages, max_length=10, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('source', models.CharField(blank=True, help_text='The decision or plan that sets the target, as it should be read.', max_length=200, verbose_name='source of the target')),
            ],
            options={
                'verbose_name': 'words of a criterion',
            },
        ),
        migrations.CreateModel(
            name='MeasureSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('street_key', models.UUIDField(editable=False, verbose_name='street')),
                ('measure', models.SlugField(editable=False, max_length=40, verbose_name='what is counted')),
                ('month', models.DateField(editable=False, help_text='Its first day.', verbose_name='month')),
                ('taken_on', models.DateField(editable=False, verbose_name='counted on')),
                ('met', models.PositiveIntegerField(editable=False, verbose_name='shops that meet it')),
                ('counted', models.PositiveIntegerField(editable=False, verbose_name='shops that count')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample data')),
            ],
            options={
                'verbose_name': 'monthly figure',
                'verbose_name_plural': 'monthly figures',
                'ordering': ['month', 'measure'],
                'default_permissions': ('view',),
            },
        ),
        migrations.AddField(
            model_name='streetpage',
            name='hotline',
            field=models.CharField(blank=True, help_text='A public number for whoever shops or sells here.', max_length=30, validators=[wardmark.base.phones.validate_phone], verbose_name='hotline'),
        ),
        migrations.AddField(
            model_name='streetpage',
            name='segment_from',
            field=models.CharField(blank=True, help_text='Where the part of the street begins that joined in.', max_length=120, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='streetpage',
            name='segment_to',
            field=models.CharField(blank=True, max_length=120, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='streetpage',
            name='wifi_name',
            field=models.CharField(blank=True, help_text='The name of the open network, as a phone shows it.', max_length=32, verbose_name='free wifi'),
        ),
        migrations.AddField(
            model_name='streetprogramme',
            name='decision_number',
            field=models.CharField(blank=True, max_length=80, verbose_name='number of the decision'),
        ),
        migrations.AddField(
            model_name='streetprogramme',
            name='ended_on',
            field=models.DateField(blank=True, help_text='The last day; the page then shows the programme as ended.', null=True, verbose_name='ended on'),
        ),
        migrations.AddField(
            model_name='streetprogramme',
            name='launched_on',
            field=models.DateField(blank=True, help_text='Leave empty what is not known: nothing is guessed.', null=True, verbose_name='launched on'),
        ),
        migrations.AddConstraint(
            model_name='streetprogramme',
            constraint=models.CheckConstraint(condition=models.Q(('launched_on', None), ('ended_on', None), ('ended_on__gte', models.F('launched_on')), _connector='OR'), name='streets_programme_ends_after_launch'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='programme',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='streets.programme'),
        ),
        migrations.AddField(
            model_name='criterionwording',
            name='record',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='streets.criterion'),
        ),
        migrations.AddConstraint(
            model_name='measuresnapshot',
            constraint=models.UniqueConstraint(fields=('street_key', 'measure', 'month'), name='streets_snapshot_once_per_street_measure_month'),
        ),
        migrations.AddConstraint(
            model_name='measuresnapshot',
            constraint=models.CheckConstraint(condition=models.Q(('met__lte', models.F('counted'))), name='streets_snapshot_no_more_than_count'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('target_unit', 'percent'), _negated=True), ('target', None), ('target__lte', 100), _connector='OR'), name='streets_criterion_at_most_all_shops'),
        ),
        migrations.AddConstraint(
            model_name='criterionwording',
            constraint=models.UniqueConstraint(fields=('record', 'language'), name='streets_criterion_one_wording_per_language'),
        ),
        migrations.RunPython(enter_first_lists, migrations.RunPython.noop),
    ]
