"""What a run keeps what it has done in.

``Staging`` here is an SQLite file with what is to be written out at the end; ``collection.Collection`` is the database that people query. Both take
in each file once, and are whole whenever the run is stopped. ``Direct`` keeps nothing, and writes at once.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from cl_extract.batch.work import Encode, Taken
from cl_extract.errors import UsageError
from cl_extract.output.sink import Sink

COMMIT_EVERY = 0.5  # seconds of work that a kill can lose
WAIT_FOR_OTHERS = 10  # seconds that another program may hold the database for at the start
WAIT_ONCE_BEGUN = 600  # and later, when there is work to lose
Key = str | bytes  # a path from the database's folder; bytes where they are no UTF-8


class Store:
    """What keeps the results of each file read, used as a context. ``encode`` makes, of a record, what ``put`` takes."""

    def __init__(self, encode: Encode) -> None:
        self.encode = encode

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing to close."""

    def meet(self, path: str) -> bool:  # noqa: ARG002
        """Whether the file is met for the first time in this run; the order of meeting is the order of output."""
        return True

    def known(self, path: str) -> str | None:  # noqa: ARG002
        """The SHA-256 of what the file held when it was taken in, None where it was not, or when results would be other ones now."""
        return None

    def put(self, path: str, taken: Taken) -> None:
        """Takes in what a file gave, in place of what it gave before."""
        raise NotImplementedError

    def keep(self, path: str) -> None:
        """Notes that the file is a release whose results the store has, from this run or from before."""

    def note(self, path: str, failure: str) -> None:
        """Notes why a file could not be read; an empty ``failure``: that it could, or need not be."""

    def commit(self, *, due: bool = False) -> None:
        """Makes lasting what was done since; ``due``: only where that was some time ago."""


class Direct(Store):
    """Writes payloads, which are text, to a sink as they come."""

    def __init__(self, encode: Encode, sink: Sink) -> None:
        super().__init__(encode)
        self._sink = sink

    def put(self, path: str, taken: Taken) -> None:  # noqa: ARG002
        """Writes the payloads of a file."""
        for payload in taken.payloads:
            self._sink.write_raw(payload.decode())


class Database(Store):
    """An SQLite file: left well or badly, what was committed stays.

    ``shown`` is the file's name as people gave it. ``extractor`` tells what the results depend on beside the file: where it has changed, a file
    counts as new. Raises UsageError where ``path`` cannot be written or holds anything else than this class writes.
    """

    application_id: int
    version = 1
    tables: str  # SQL
    files: str  # the table that has file, sha256 and extractor
    locking = "NORMAL"  # readers are welcome, and writers by turns

    def __init__(self, path: str, shown: str, extractor: str, encode: Encode) -> None:
        super().__init__(encode)
        self.path = path
        self.shown = shown
        self._extractor = extractor
        self._folder = os.path.dirname(os.path.realpath(path))
        self._below = lru_cache(maxsize=1024)(self._path_below)
        self._committed = time.monotonic()
        with self.telling():
            self.sql = self._open()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Closes the file."""
        try:
            if kind is None:
                self.commit()
        finally:
            self.sql.close()  # what is not committed is undone

    def key(self, path: str) -> Key:
        """What tells the file from all others: its path from the database's folder, links to folders followed, so that both can move together."""
        folder, name = os.path.split(path)
        below = f"{self._below(folder)}{name}"
        try:
            below.encode()
        except UnicodeEncodeError:
            return os.fsencode(below)
        return below

    def _path_below(self, folder: str) -> str:
        whole = os.path.realpath(folder)
        try:
            below = os.path.relpath(whole, self._folder)
        except ValueError:  # on another drive
            below = whole
        return "" if below == os.curdir else f"{below.replace(os.sep, '/').rstrip('/')}/"

    def meet(self, path: str) -> bool:
        """Whether the file is met for the first time in this run; the order of meeting is the order of output."""
        with self.telling():
            return self.sql.execute("INSERT OR IGNORE INTO met (file) VALUES (?)", [self.key(path)]).rowcount > 0

    def keep(self, path: str) -> None:
        """Notes that the results of a file are those that it has now: of the files met only these are written out."""
        with self.telling():
            self.sql.execute("UPDATE met SET kept = 1 WHERE file = ?", [self.key(path)])

    def known(self, path: str) -> str | None:
        """The SHA-256 of what the file held when it was taken in, None where it was not, or by another extractor."""
        query = f"SELECT sha256 FROM {self.files} WHERE file = ? AND extractor = ? LIMIT 1"
        with self.telling():
            found = self.sql.execute(query, [self.key(path), self._extractor]).fetchone()
        return None if found is None else str(found[0])

    def commit(self, *, due: bool = False) -> None:
        """Makes lasting what was done since; ``due``: only where that was some time ago."""
        if due and time.monotonic() - self._committed < COMMIT_EVERY:
            return
        with self.telling():
            self._patiently("COMMIT")
            self._patiently("BEGIN IMMEDIATE")
        self._committed = time.monotonic()

    def _patiently(self, statement: str) -> None:
        """Runs a statement that must wait while others read, in short waits, so that Ctrl-C is heard between them."""
        ending = time.monotonic() + WAIT_ONCE_BEGUN
        while True:
            try:
                self.sql.execute(statement)
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > ending:
                    raise
            else:
                return

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turns what SQLite says into a UsageError that names the file and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            moved = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED  # by another run, which has ended with it
            remedy = _REMEDIES.get(sqlite3.SQLITE_BUSY if moved else _code(error), f"cannot be written ({error}); name another file with -o")
            raise UsageError(f"{self.shown}: {remedy}") from error

    def _open(self) -> sqlite3.Connection:
        made = self._make_file()
        if not made and not os.access(self.path, os.W_OK):
            raise UsageError(f"{self.shown}: cannot be written ({os.strerror(errno.EACCES)}); name another file with -o")
        sql = sqlite3.connect(self.path, timeout=WAIT_FOR_OTHERS, isolation_level=None)
        try:
            sql.execute("PRAGMA foreign_keys = ON")
            sql.execute(f"PRAGMA locking_mode = {self.locking}")
            self._refuse_strangers(sql)
            sql.executescript(f"BEGIN; PRAGMA application_id = {self.application_id}; PRAGMA user_version = {self.version}; {self.tables} COMMIT;")
            sql.execute("CREATE TEMP TABLE met (number INTEGER PRIMARY KEY, file UNIQUE, kept INTEGER NOT NULL DEFAULT 0)")
            sql.execute("BEGIN IMMEDIATE")
            sql.execute("PRAGMA busy_timeout = 1000")
        except BaseException as error:
            sql.close()
            if made and _code(error) != sqlite3.SQLITE_BUSY:  # another run may have found the file that we have made
                Path(self.path).unlink(missing_ok=True)
            raise
        return sql

    def _make_file(self) -> bool:
        """Whether the file is new, and was made here."""
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            return False
        except OSError as error:
            raise UsageError(f"{self.shown}: cannot be written ({error.strerror}); name a file in a folder that exists and may be written") from error
        return True

    def _refuse_strangers(self, sql: sqlite3.Connection) -> None:
        ((application,),) = sql.execute("PRAGMA application_id")
        ((version,),) = sql.execute("PRAGMA user_version")
        ((tables,),) = sql.execute("SELECT count(*) FROM sqlite_master")
        if not tables and not application:
            return  # an empty file is an empty database
        if application != self.application_id:
            raise UsageError(f"{self.shown}: is a database that cl-extract did not write; name another file with -o")
        if version > self.version:
            raise UsageError(f"{self.shown}: was written by a newer cl-extract; upgrade this one")


class Staging(Database):
    """What is ready to be written out: bytes a release, that only need to be put together in the order of the files."""

    application_id = 0x434C5053  # "CLPS"
    tables = """CREATE TABLE IF NOT EXISTS done (
        file, entry INTEGER, sha256 TEXT NOT NULL, extractor TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (file, entry)
    );"""
    files = "done"
    locking = "EXCLUSIVE"

    def put(self, path: str, taken: Taken) -> None:
        """Takes in the payloads of a file."""
        key = self.key(path)
        rows = [(key, entry, taken.sha256, self._extractor, payload) for entry, payload in enumerate(taken.payloads, 1)]
        with self.telling():
            self.sql.execute("DELETE FROM done WHERE file = ?", [key])
            self.sql.executemany("INSERT INTO done VALUES (?, ?, ?, ?, ?)", rows)

    def payloads(self) -> Iterator[bytes]:
        """The payloads of the files met in this run, in order."""
        with (
            self.telling(),
            closing(self.sql.execute("SELECT payload FROM met JOIN done USING (file) WHERE kept ORDER BY met.number, entry")) as rows,
        ):
            for (payload,) in rows:
                yield payload


_REMEDIES = {
    sqlite3.SQLITE_FULL: "the disk is full; free some space and run the same command again, which goes on from what is kept",
    sqlite3.SQLITE_BUSY: "another program is writing it; wait until it is done and run the same command again",
    sqlite3.SQLITE_READONLY: "cannot be written (read-only); name another file with -o",
    sqlite3.SQLITE_CANTOPEN: "cannot be written; name a file in a folder that exists and may be written with -o",
    sqlite3.SQLITE_NOTADB: "is not a database; name another file with -o",
    sqlite3.SQLITE_IOERR: "cannot be written (the disk fails or is full); mend this and run the same command again, which goes on from what is kept",
}


def _code(error: BaseException) -> int:
    """SQLite's primary code of an error, which is the lower byte of the one that it gives; 0 for what is no error of its own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
