"""Static files for production: hashed, compressed, and each stylesheet in one piece.

In development the browser follows `@import` itself. For production, `collectstatic` puts the imported
files in their place, so that a phone fetches one stylesheet and no build step is needed.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import url\("(?P<file>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;\n?')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class FlattenedManifestStorage(CompressedManifestStaticFilesStorage):
    # Scripts are ES modules that import each other: those addresses need the hashes too.
    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options) -> Iterator:
        """Hash and compress as the base classes do, but from stylesheets whose imports are already in place."""
        flattened = InMemoryStorage()
        for name in [name for name in paths if name.startswith("design/") and name.endswith(".css")]:
            flattened.save(name, ContentFile(_flat(name, paths).encode()))
            paths[name] = (flattened, name)
        yield from super().post_process(paths, dry_run, **options)


def _flat(name: str, paths: Mapping) -> str:
    """Return a stylesheet with the files it imports put in their place, and without comments."""
    css = _IMPORT.sub(lambda found: _imported(name, found, paths), _read(name, paths))
    return _COMMENT.sub("", css)


def _imported(importer: str, found: re.Match, paths: Mapping) -> str:
    file = PurePosixPath(found["file"])
    css = _read(str(PurePosixPath(importer).parent / file), paths)
    # `../fonts/` seen from components/ is `fonts/` seen from the importer.
    css = css.replace('url("../', 'url("') if file.parent != PurePosixPath() else css
    return f"@layer {found['layer']} {{\n{css}}}\n" if found["layer"] else css


def _read(name: str, paths: Mapping) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
