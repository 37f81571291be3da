"""A Dask scheduler's address → what gives segments out to its workers."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from vidkit.cluster.sender import Sender
from vidkit.problems import Refusal, problem
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def connected(address: str, store: str) -> Iterator[Sender]:
    """A sender to a scheduler's workers, for as long as the connection is needed; refuses when Dask is not installed (VK-D001), nobody
    answers at the address (VK-D002) or no worker is there (VK-D003).
    """
    client = _client(address)
    try:
        _somebody(client)
        with client.get_executor(pure=False) as executor:
            yield Sender(executor, store, lambda: _present(client))
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ModuleNotFoundError as error:
        raise Refusal(problem("VK-D001", words=error.name or "distributed")) from error
    _hush()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are compared by every work order
            return Client(address, timeout=table("cluster")["connect_seconds"], set_as_default=False, name="vidkit")
    except (OSError, ValueError, TypeError) as error:
        raise Refusal(problem("VK-D002", address=address, words=str(error).splitlines()[0])) from error


def _hush() -> None:
    """Dask's own words about lost connections stay unsaid: what a person must know is said by us."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in {"distributed", "tornado"}:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _somebody(client: Any) -> None:
    try:
        client.wait_for_workers(1, timeout=table("cluster")["connect_seconds"])
    except (TimeoutError, OSError) as error:
        raise Refusal(problem("VK-D003")) from error


def _present(client: Any) -> int:
    try:
        return len(client.scheduler_info()["workers"])
    except Exception:  # noqa: BLE001  # a connection that is being lost raises many things; nobody is there then
        return 0
