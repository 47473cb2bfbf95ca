"""A batch run on a Dask cluster: any number of machines, files from any address that fsspec knows, Parquet parts out. Needs the extra ``dask``."""

from __future__ import annotations

import hashlib
import itertools
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cl_extract.batch import export
from cl_extract.batch.run import Summary, cores, packs_digest
from cl_extract.batch.walk import Shard, Walk, unwanted
from cl_extract.batch.work import Extraction, Failed, Outcome, Taken, Task
from cl_extract.errors import InputError, UsageError
from cl_extract.reading.read import MAX_BYTES
from cl_extract.value import replace

if TYPE_CHECKING:
    import distributed
    import fsspec
else:
    try:
        import distributed
        import fsspec
    except ImportError:
        raise UsageError("--dask needs packages that are not there; install them with pip install 'cl-extract[dask]'") from None

FILES_A_PART = 200
_PART = re.compile(r"part-[0-9a-f]{24}\.parquet")  # as Part names them
PARTS_AHEAD = 4  # that each worker has before it, so that it need not wait for the next


@dataclass(frozen=True, slots=True)
class Part:
    """Files that one task reads into one Parquet file under ``out``, which is named by them, so that a task done again overwrites what it wrote."""

    tasks: tuple[Task, ...]
    out: str
    patterns: tuple[str, ...] = ()
    packs: str = ""

    @property
    def name(self) -> str:
        """The name of its file."""
        paths = "\0".join(task.path for task in self.tasks)
        return f"part-{hashlib.sha256(os.fsencode(paths)).hexdigest()[:24]}.parquet"


def read_part(part: Part) -> list[Outcome]:
    """Reads the files of a part and writes its Parquet file, whole or not at all; what became of each file, without the rows."""
    form = export.form("parquet")
    work = Extraction(form.encode, part.patterns, part.packs, _load)
    outcomes = [work(task) for task in part.tasks]
    fs, folder = fsspec.core.url_to_fs(part.out)
    with fs.transaction, fs.open(f"{folder}/{part.name}", "wb") as stream:
        form.write(
            stream, (payload for outcome in outcomes if isinstance(outcome, Taken) for payload in outcome.payloads if isinstance(payload, bytes))
        )
    return [replace(one, payloads=(None,) * len(one.payloads)) if isinstance(one, Taken) else one for one in outcomes]


def _load(path: str) -> bytes:
    try:
        with fsspec.open(path, "rb") as stream:
            data = bytes(stream.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({error}); check the address, and that the workers reach it") from None
    if len(data) > MAX_BYTES:
        raise InputError(f"{path}: is larger than {MAX_BYTES >> 20} MiB; split it into releases")
    return data


def run(
    address: str,
    listing: Listing,
    out: str,
    *,
    patterns: Sequence[str] = (),
    files_a_part: int = FILES_A_PART,
    heard: Callable[[Outcome], object] | None = None,
) -> Summary:
    """Reads all files of ``listing`` into Parquet parts in the folder ``out``, by the scheduler at ``address`` or, for ``local``, one started here.

    ``out`` is any address that fsspec knows and the workers reach, as are the files and ``patterns``. Parts that an earlier run left there and that
    this one did not write are removed at the end. Raises UsageError where the scheduler or ``out`` cannot be reached.
    """
    summary = Summary()
    fs, folder = _folder(out)
    written: set[str] = set()
    with closing(_client(address)) as client:
        tasks = iter(listing)
        packs = packs_digest(patterns)
        parts = (Part(chunk, out, tuple(patterns), packs) for chunk in iter(lambda: tuple(itertools.islice(tasks, files_a_part)), ()))
        waiting: dict[Any, Part] = {}
        ahead = PARTS_AHEAD * max(1, len(client.nthreads()))
        futures = distributed.as_completed()

        def submit(number: int) -> None:
            for part in itertools.islice(parts, number):
                future = client.submit(read_part, part, key=part.name, pure=False)
                waiting[future] = part
                futures.add(future)

        submit(ahead)
        for future in futures:
            part = waiting.pop(future)
            written.add(part.name)
            for outcome in _outcomes(future, part):
                summary.add(outcome)
                if heard is not None:
                    heard(outcome)
            submit(1)
    summary.skipped += listing.skipped
    if listing.shard.count == 1:  # the parts of the other shards are no old ones
        for path in fs.glob(f"{folder}/part-*.parquet"):
            name = path.rpartition("/")[2]
            if name not in written and _PART.fullmatch(name):
                fs.rm_file(path)
    return summary


def _outcomes(future: Any, part: Part) -> list[Outcome]:
    error = future.exception()
    if error is None:
        return list(future.result())
    return [Failed(f"{task.path}: the part that it was in was given up ({type(error).__name__}: {error})") for task in part.tasks]


def _client(address: str) -> Any:
    try:
        if address == "local":
            return distributed.Client(n_workers=cores(), threads_per_worker=1, processes=True, dashboard_address=None)
        return distributed.Client(address, timeout=30)
    except (OSError, ValueError) as error:
        raise UsageError(f"--dask {address}: cannot be reached ({error}); give the address of a scheduler, or local") from error


def _folder(out: str) -> tuple[Any, str]:
    try:
        fs, folder = fsspec.core.url_to_fs(out)
        fs.makedirs(folder, exist_ok=True)
    except (OSError, ValueError, ImportError) as error:
        raise UsageError(f"{out}: no folder can be made there ({error}); name another with -o") from error
    return fs, folder


@dataclass(slots=True)
class Listing:
    """The files under addresses that fsspec knows, chosen and in order as ``Walk`` has those of folders here; these by their whole paths."""

    paths: Sequence[str]
    globs: Collection[str] = ()
    shard: Shard = field(default_factory=Shard)
    skipped: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Task]:
        self.skipped.clear()
        told: set[str] = set()
        for task in itertools.chain.from_iterable(map(self._under, self.paths)):
            if task.path in told:
                self.skipped["named before"] += 1
            else:
                told.add(task.path)
                yield task

    def _under(self, path: str) -> Iterator[Task]:
        try:
            fs, root = fsspec.core.url_to_fs(path)
        except (ValueError, ImportError) as error:
            raise UsageError(f"{path}: is no address that can be read ({error})") from error
        if "file" in fs.protocol:
            walk = Walk([os.path.realpath(root)], self.globs, self.shard)
            yield from (Task(found.path, found.named, fault=found.fault) for found in walk)
            self.skipped += walk.skipped
        else:
            yield from self._remote(fs, root)

    def _remote(self, fs: Any, root: str) -> Iterator[Task]:
        if not fs.isdir(root):
            yield Task(fs.unstrip_protocol(root), named=True)
            return
        for folder, folders, files in fs.walk(root):
            self.skipped["hidden"] += sum(name.startswith(".") for name in folders)
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                below = f"{folder.removeprefix(root)}/{name}".lstrip("/")
                if reason := unwanted(name, below, self.globs):
                    self.skipped[reason] += 1
                elif below in self.shard:
                    yield Task(fs.unstrip_protocol(f"{folder}/{name}"))
