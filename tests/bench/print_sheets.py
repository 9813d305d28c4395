"""What print jobs cost: seconds and the worker's peak memory, the symbols' encoding beside.

Sheets and archives are made as the worker makes them, from order to marked plaques, on a database and a storage (a
folder) of their own; what a storage far away adds is not in the figures.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLAQUES, PICTURES, PAGES = 1000, 100, 20
# Format, what it is made as, and of how many plaques: a picture costs many times a page of vectors.
ORDERS = (
    ("counter-card", "SRA3", PLAQUES),
    ("relic-plate", "SRA3", PLAQUES),
    ("counter-card", "pdf", PLAQUES),
    ("relic-plate", "png", PICTURES),
)
NAMES = (
    "Đình Bối Hà",
    "Ngõ 5",
    "Chùa Thánh Chúa và Đình Hậu",
    "Đình Dịch Vọng Hậu và nhà thờ họ Nguyễn Phường Giấy Trắng",
    "Nhà lưu niệm Bác Hồ",
)
GOAL = "goal for 1,000 on sheets, on two cores: 60 s, 300 MB"


def prepare() -> None:
    """Fill an empty database with pages and plaques, and order a job in each format."""
    from django.contrib.auth import get_user_model
    from wagtail.models import Page

    from tests.factories import StandardPageFactory
    from wardmark.plaques.models import FileKind, Plaque, SheetSize
    from wardmark.plaques.print_sheets.ordering import order_prints

    home = Page.objects.get(depth=2)
    pages = [StandardPageFactory(parent=home, title=f"{NAMES[n % len(NAMES)]} {n}") for n in range(PAGES)]
    plaques = [Plaque.objects.issue(page_key=pages[n % PAGES].translation_key) for n in range(PLAQUES)]
    by = get_user_model().objects.create_user("bench")
    jobs = [
        order_prints(
            by=by,
            plaques=plaques[:number],
            format_key=key,
            sheet_size=SheetSize(made_as) if made_as in SheetSize.values else None,
            file_kind=FileKind(made_as) if made_as in FileKind.values else None,
        )
        for key, made_as, number in ORDERS
    ]
    sys.stdout.write(json.dumps([job.pk for job in jobs]))


def make(job_id: int) -> None:
    """Make one job in this process, as the worker does, and say what it cost."""
    from wardmark.plaques.artwork import FORMATS, encode
    from wardmark.plaques.models import PrintJob
    from wardmark.plaques.print_sheets.printed import places_of
    from wardmark.plaques.print_sheets.running import make_prints

    start, cpu = time.perf_counter(), time.process_time()
    make_prints.call(job_id)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    job = PrintJob.objects.get(pk=job_id)
    if job.state != "done":
        raise SystemExit(f"{job.format_key}: {job.state}: {job.failure}")
    links = [place.link for place in places_of(job)]
    start = time.perf_counter()
    for link in links:
        encode(link, FORMATS[job.format_key].level)
    encoding = time.perf_counter() - start
    sys.stdout.write(
        f"{job.total:>5} {job.format_key:<14}{job.sheet_size or job.file_kind:<5}{seconds:8.1f} s{cpu:8.1f} s of CPU"
        f"{peak / 1024:8.0f} MB peak{job.result_bytes / 1e6:8.1f} MB file{encoding:8.1f} s encoding the symbols\n"
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="wardmark-bench-") as var:
        environment = os.environ | {"VAR_DIR": var, "PLAQUE_BASE_URL": "https://cg.example", "DATABASE_URL": ""}
        environment.pop("DATABASE_URL")

        def run(*command: str) -> str:
            done = subprocess.run(
                [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            return done.stdout

        run("manage.py", "migrate", "-v0")
        jobs = json.loads(run(__file__, "prepare"))
        sys.stdout.write(f"\nPrint jobs ({GOAL})\n")
        for job_id in jobs:
            sys.stdout.write(run(__file__, "make", str(job_id)))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardmark.settings.base")
        import django

        django.setup()
        prepare() if sys.argv[1] == "prepare" else make(int(sys.argv[2]))
