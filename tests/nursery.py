"""Runs of vidkit as processes of their own, without the seconds Python takes to begin: one process has all of vidkit read in and forks for each.

A run leads a session and a process group of its own, has vidkit's own signals, children and exit code, and can be killed like any other; only where
it comes from differs. Runs that begin anew are in test_cli.py.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Run:
    """A run that was begun: its process, and the file of what it says on stderr."""

    pid: int
    said: Path
    nursery: Nursery

    def send_signal(self, number: int) -> None:
        """A signal to it alone."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """An end to it alone."""
        self.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        """Its exit code once it has ended; minus the signal's number if one killed it. To be asked once."""
        return int(self.nursery.asked(wait=self.pid))


class Nursery:
    """The process that forks; drafts are ``shrunk`` times smaller than clips. To be closed."""

    def __init__(self, shrunk: int) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, __file__, str(shrunk)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.child = subprocess.Popen(command, env=environment, start_new_session=True, **pipes)  # type: ignore[call-overload]

    def start(self, folder: Path, *arguments: str, **environment: str) -> Run:
        """Begin a run in a folder."""
        said = Path(tempfile.mkstemp(prefix="vidkit-said-", dir=folder.parent)[1])
        asked = {"folder": str(folder), "arguments": arguments, "environment": environment, "said": str(said)}
        return Run(int(self.asked(**asked)), said, self)

    def asked(self, **what: Any) -> Any:
        """What the process answers."""
        self.child.stdin.write(f"{json.dumps(what)}\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def close(self) -> None:
        """End it; runs that go on are not its own any more."""
        self.child.stdin.close()
        self.child.wait()
        self.child.stdout.close()


def serve(shrunk: int) -> None:
    """Fork for every line of stdin that asks for it; say the process, or how one ended."""
    import tiny  # noqa: PLC0415  # read in here and not by who imports this module

    from vidkit import plan  # noqa: PLC0415
    from vidkit.cli import program  # noqa: PLC0415

    plan.DRAFT = shrunk
    answers = os.fdopen(os.dup(1), "w")
    with tempfile.TemporaryDirectory() as folder:  # after a first clip everything is read in
        assert tiny.shop(Path(folder)).run()[0] == 0
    for line in sys.stdin:
        what = json.loads(line)
        if "wait" in what:
            answer = os.waitstatus_to_exitcode(os.waitpid(what["wait"], 0)[1])
        else:
            answer = os.fork()
            if not answer:
                answers.close()
                _become(Path(what["folder"]), what["environment"], Path(what["said"]))
                program.main(what["arguments"])  # leaves with its exit code
        print(answer, file=answers, flush=True)


def _become(folder: Path, environment: Mapping[str, str], said: Path) -> None:
    """This process leads a session, in a folder, with nothing of the nursery's streams."""
    os.setsid()
    os.chdir(folder)
    os.environ.update(environment)
    for stream, name, way in ((0, os.devnull, os.O_RDONLY), (1, os.devnull, os.O_WRONLY), (2, str(said), os.O_WRONLY)):
        opened = os.open(name, way)
        os.dup2(opened, stream)
        os.close(opened)
    signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
