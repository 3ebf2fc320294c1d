"""Finds what can be read under the given paths, and what manifests say of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from contested.errors import EmptyReport, InputError, NotSupported, Unreadable
from contested.ingest.decode import binary_kind
from contested.ingest.manifest import Manifest, merge, try_manifest
from contested.ingest.types import IngestOptions, Known, Media, Refused, Source

MEDIA = {
    ".txt": Media.TEXT,
    ".text": Media.TEXT,
    ".md": Media.MARKDOWN,
    ".markdown": Media.MARKDOWN,
    ".html": Media.HTML,
    ".htm": Media.HTML,
    ".xhtml": Media.HTML,
}
_READ = ".txt, .md, .html or a .csv manifest"
_NO_REPORT = re.compile(
    r"readme|copying|(?:un)?licen[sc]es?(?:[-_.](?:cc|mit|apache|bsd|l?gpl|mpl|odbl|cdla|by)[\w.-]*)?",
    re.IGNORECASE,
)
_SAVED_PARTS = re.compile(r"(.+)(?:_files|\.files)", re.IGNORECASE)


def discover(
    paths: Iterable[Path | str], options: IngestOptions | None = None
) -> list[Source | Refused]:
    """Every report under `paths` (files, folders, manifests, ``-``), each once, in order.

    What cannot be used stands in the same list, with its reason.
    """
    finder = _Finder(options or IngestOptions())
    for path in paths:
        finder.add(path)
    return finder.found


def unreadable(name: str, error: OSError | ValueError | RuntimeError) -> Unreadable:
    """The error for a file that the system does not give."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Unreadable(name, "is not there.", "Check the path.")
    if isinstance(error, PermissionError):
        return Unreadable(name, "may not be read.", "Give yourself the right to read it.")
    reason = getattr(error, "strerror", None) or str(error)
    return Unreadable(name, f"cannot be read ({reason}).", "Check the path and its links.")


def _plain(name: str) -> str:
    """`name` in characters that every output can hold."""
    return os.fsencode(name).decode("utf-8", "replace")


class _Finder:
    """Collects sources, each file once."""

    def __init__(self, options: IngestOptions) -> None:
        self.options = options
        self.found: list[Source | Refused] = []
        self._seen: set[Path] = set()
        self._folders: dict[Path, list[Manifest]] = {}

    def add(self, given: Path | str) -> None:
        """One path as the user gave it."""
        if str(given) == "-":
            self.found.append(Source(name="stdin", path=None, media=Media.TEXT))
            return
        name, path = _plain(str(given)), Path(given)
        if re.match(r"https?:/", name):
            remedy = "Save the page as .html and give that file."
            self._refuse(NotSupported(name, "is a web address, not a file.", remedy))
            return
        try:
            path.stat()
            if path.is_dir():
                self._folder(path)
            elif path.suffix.lower() == ".csv":
                self._manifest(path)
            else:
                self._single(path)
        except (OSError, ValueError, RuntimeError) as error:
            self._refuse(unreadable(name, error))

    def _refuse(self, error: InputError, *, incidental: bool = False) -> None:
        self.found.append(Refused(error.name, error, incidental))

    def _file(self, path: Path, name: str, known: Known | None, *, named: bool = True) -> None:
        """A file with its metadata, unless it was there before; `named` by a path or manifest."""
        real = path.resolve()
        if real in self._seen:
            return
        self._seen.add(real)
        media = MEDIA.get(path.suffix.lower())
        if not path.is_file():
            error = NotSupported(name, "is no ordinary file.", f"Give {_READ}, or '-'.")
            self._refuse(error, incidental=not named)
        elif media is None:
            self._refuse(_unsupported(path, name), incidental=not named)
        else:
            self.found.append(Source(name=name, path=path, media=media, manifest=known))

    def _single(self, path: Path) -> None:
        """A file by itself: a manifest beside it may know it."""
        real, known = path.resolve(), None
        for manifest in self._beside(path.parent):
            listed = manifest.files.get(real)
            if listed:
                known = merge(known, listed) if known else listed
            if real not in self._seen:
                self.found += [refused for line, refused in manifest.refused if line == real]
        self._file(path, _plain(path.name), known)

    def _beside(self, folder: Path) -> list[Manifest]:
        if folder not in self._folders:
            tables = (
                sorted(
                    (path for path in folder.iterdir() if path.suffix.lower() == ".csv"),
                    key=lambda path: path.name,
                )
                if os.access(folder, os.R_OK)
                else []
            )
            read = (try_manifest(path, _plain(path.name)) for path in tables if path.is_file())
            self._folders[folder] = [item for item in read if isinstance(item, Manifest)]
        return self._folders[folder]

    def _manifest(self, path: Path) -> None:
        """A manifest by itself: what it lists."""
        name = _plain(path.name)
        manifest = try_manifest(path, name)
        if isinstance(manifest, Refused):
            self.found.append(manifest)
        elif manifest is None:
            self._refuse(_no_manifest(name))
        else:
            self.found += [refused for _, refused in manifest.refused]
            for file, known in manifest.files.items():
                self._file(file, _plain(manifest.names[file]), known)

    def _folder(self, root: Path) -> None:
        """All reports under `root`, with what the manifests in it know of them."""
        before = len(self.found)
        files: list[Path] = []
        manifests: list[Manifest] = []
        for item in self._walk(root, set()):
            if isinstance(item, Refused):
                self.found.append(item)
            elif item.suffix.lower() == ".csv":
                manifests += self._table(item, _plain(item.relative_to(root).as_posix()))
            else:
                files.append(item)
        known: dict[Path, Known] = {}
        names: dict[Path, Path] = {}
        # The manifest nearest to a file speaks first.
        for manifest in sorted(manifests, key=lambda item: -len(item.path.parts)):
            for file, says in manifest.files.items():
                known[file] = merge(known[file], says) if file in known else says
                names.setdefault(file, manifest.path.parent / manifest.names[file])
        for file in files:
            says_of = known.get(file.resolve())
            name = _plain(file.relative_to(root).as_posix())
            self._file(file, name, says_of, named=says_of is not None)
        for file, says in known.items():
            self._file(file, _plain(os.path.relpath(names[file], root)), says)
        if all(isinstance(one, Refused) and one.incidental for one in self.found[before:]):
            remedy = f"Put {_READ} in it."
            self._refuse(EmptyReport(_plain(str(root)), "has no new report in it.", remedy))

    def _left_out(self, path: Path) -> bool:
        return bool(self.options.leave_out) and path.resolve() in self.options.leave_out

    def _table(self, path: Path, name: str) -> list[Manifest]:
        manifest = try_manifest(path, name) if path.is_file() else None
        if isinstance(manifest, Manifest):
            self.found += [refused for _, refused in manifest.refused]
            return [manifest]
        self.found.append(manifest or Refused(name, _no_manifest(name), incidental=True))
        return []

    def _walk(self, folder: Path, above: set[tuple[int, int]]) -> Iterator[Path | Refused]:
        """Files under `folder` in order; a folder that links to itself is not entered."""
        try:
            here = folder.stat()
            entries = sorted(folder.iterdir(), key=lambda path: path.name)
        except OSError as error:
            yield _refused(folder, error)
            return
        key = (here.st_dev, here.st_ino)
        if key in above:
            return
        pages = {path.stem for path in entries if MEDIA.get(path.suffix.lower()) is Media.HTML}
        for path in entries:
            parts = _SAVED_PARTS.fullmatch(path.name)
            if path.name.startswith(".") or (parts and parts[1] in pages):
                continue
            try:
                path.stat()
                if path.is_dir():
                    yield from self._walk(path, above | {key})
                elif not _is_about(path) and not self._left_out(path):
                    yield path
            except (OSError, RuntimeError) as error:
                yield _refused(path, error)


def _is_about(path: Path) -> bool:
    """Whether the file is about the folder rather than a report: a readme or a licence."""
    stem = path.stem if path.suffix.lower() in (*MEDIA, ".rst", ".pdf") else path.name
    return bool(_NO_REPORT.fullmatch(stem)) or stem == "NOTICE"


def _refused(path: Path, error: OSError | RuntimeError) -> Refused:
    name = _plain(str(path))
    return Refused(name, unreadable(name, error))


def _no_manifest(name: str) -> NotSupported:
    return NotSupported(
        name, "is a table without a 'file' column.", "Name the column that lists the files 'file'."
    )


def _unsupported(path: Path, name: str) -> NotSupported:
    """What the file is, as far as its first bytes say."""
    try:
        with path.open("rb") as stream:
            kind = binary_kind(stream.read(64))
    except OSError:
        kind = None
    if kind:
        return NotSupported(name, f"is {kind[0]}, which is not read yet.", kind[1])
    ending = f"ends in {path.suffix!r}" if path.suffix else "has no ending"
    return NotSupported(name, f"{ending}, which is not read.", f"Save it as {_READ}.")
