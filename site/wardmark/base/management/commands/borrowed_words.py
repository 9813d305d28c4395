import polib
from django.conf import settings
from django.core.management.base import BaseCommand

from wardmark.base.borrowed_words import DOMAINS, catalogue_path, key, words_to_borrow


class Command(BaseCommand):
    help = (
        "After an upgrade: list the texts of installed packages that lack Vietnamese in our catalogue of borrowed "
        "words, drop those that are gone or that a package translates by now, and compile it."
    )

    def handle(self, *args, **options):
        for domain in DOMAINS:
            path = catalogue_path(settings.BORROWED_WORDS, domain)
            catalogue = polib.pofile(str(path), wrapwidth=0)
            here = {key(entry): entry for entry in catalogue}
            wanted = words_to_borrow(domain)
            for word, entry in wanted.items():
                # A text that is counted with only since now needs its Vietnamese once more.
                if word in here and bool(here[word].msgid_plural) == bool(entry.msgid_plural):
                    entry.msgstr, entry.msgstr_plural = here[word].msgstr, here[word].msgstr_plural
            catalogue[:] = list(wanted.values())
            catalogue.save(str(path))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
            self._tell(domain, len(here.keys() - wanted.keys()), [e for e in catalogue if not e.translated()])

    def _tell(self, domain: str, dropped: int, untranslated: list[polib.POEntry]) -> None:
        self.stdout.write(f"{domain}: {dropped} dropped, {len(untranslated)} to be translated")
        for entry in untranslated:
            self.stdout.write(f"  {entry.comment}: {entry.msgid}")
