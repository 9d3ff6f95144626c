"""Home folders to measure on: a big library of real statutes, and a small part of it."""

import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ingest.pipeline import Reading
from kb.documents import Kind
from kb.progress import SilentProgress
from kb.settings import Settings
from kb.store.library import Library
from ui.services import open_services

SMALL = 5000
"""Passages of the small library."""


def both(args: Namespace) -> Iterator[Settings]:
    """Yield the settings of the small and of the big library, both indexed."""
    big = large(args)
    yield _part_of(big, Path(args.cache).absolute() / f"part-{SMALL}")
    yield big


def large(args: Namespace) -> Settings:
    """
    Find or make the big library.

    :returns: Settings of ``args.home`` if it is given, else of a library filled from ``lawrefbook``; the
        first time that takes some ten minutes, nearly all of it for the vectors.
    """
    if args.home:
        settings = Settings(home=Path(args.home).absolute())
    else:
        settings = Settings(home=Path(args.cache).absolute() / "lawrefbook", corpus="none")
    services = open_services(settings)
    if not args.home and not services.library.documents():
        _share_model(Path(args.cache).absolute(), settings.home)
        rules = services.ingester(Reading(kind=Kind.REGULATION))
        for _ in rules.ingest([Path(args.data) / "lawrefbook"], SilentProgress()):
            pass
    services.refresh_index(SilentProgress())
    services.library.close()
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Library]:
    """Open the library of a home for as long as it is measured."""
    library = Library(settings.database)
    yield library
    library.close()


def _part_of(big: Settings, home: Path) -> Settings:
    small = replace(big, home=home, corpus="none")
    services = open_services(small)
    if not services.library.documents():
        _share_model(big.home, home)
        with opened(big) as source:
            left = SMALL
            for listed in source.documents():
                if left > 0:
                    document = source.document(listed.document.id).document
                    services.library.save_file([document], origin_path=document.id, origin_hash="")
                    left -= listed.passages
    services.refresh_index(SilentProgress())
    services.library.close()
    return small


def _share_model(source: Path, target: Path) -> None:
    """Copy the model, if there is one, so that it need not be fetched again."""
    if (source / "models").is_dir():
        shutil.copytree(source / "models", target / "models", dirs_exist_ok=True)
