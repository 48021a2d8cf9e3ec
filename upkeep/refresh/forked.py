"""Kernels forked from one process that has imported what notebooks import: each would else take two seconds for it.

On Linux alone, since elsewhere what libraries have started by then may not
survive a fork. That process is asked for a kernel on a socket, its standard
input, and the kernel answers there with its number. It ends with the process
that started it, and the kernels end with it.
"""

import asyncio
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.metadata import EntryPoint

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

# What takes long, and at least one notebook imports it; not Matplotlib's backend, which looks for its kernel as it is imported.
IMPORTED = (
    "analysis.citing.comparison",
    "analysis.citing.listing",
    "analysis.measures",
    "analysis.plots",
    "analysis.press",
    "analysis.sensitivity",
    "arch.bootstrap",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg",
    "ruptures",
    "scipy.stats",
    "seaborn",
)


@contextmanager
def forking(environment):
    """Fork the kernels that are started meanwhile from a process with these variables, where that can be done."""
    if sys.platform != "linux":
        yield
        return
    ours, theirs = socket.socketpair()
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    # The debugger of a kernel, when it is imported, would warn that it does not see into frozen modules.
    environment = {**os.environ, **environment, "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
    with (
        ours,
        theirs,
        subprocess.Popen(command, stdin=theirs, env=environment, start_new_session=True) as server,
    ):
        try:
            theirs.close()
            if ours.recv(1):  # else it could not import all of it
                factory.provisioners["forked"] = EntryPoint(
                    "forked", f"{__name__}:Forked", factory.GROUP_NAME
                )
                factory.default_provisioner_name, Forked.server = "forked", ours
            yield
        finally:
            factory.default_provisioner_name = before
            server.terminate()


class Forked(LocalProvisioner):
    """A kernel that is another process's child: as `LocalProvisioner`, but for its start and its end."""

    async def launch_kernel(self, cmd, *, cwd=None, env=None, **_):
        """Have a kernel forked; `cmd` is the command that would start one."""
        self.server.sendall(
            json.dumps([cmd[cmd.index("-f") :], os.fspath(cwd or os.getcwd()), env]).encode()
            + b"\n"
        )
        if not (answer := self.server.recv(20)):
            raise RuntimeError("the process that forks the kernels was ended; run refresh again")
        self.process = _Process(int(answer))
        self.pid = self.pgid = self.process.pid
        self.cwd = cwd
        return self.connection_info

    async def kill(self, restart=False):
        """End the kernel; return when it has ended, since whoever calls looks only every tenth of a second."""
        await super().kill(restart)
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.005)


class _Process:
    """The part of a `subprocess.Popen` that `LocalProvisioner` uses."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 1

    wait = poll  # called once it has ended

    def send_signal(self, number):
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


def serve():
    """Import, say so, and fork a kernel for each line of JSON, until the starter is gone: its command line, folder and environment."""
    sys.path[:] = filter(None, sys.path)  # a kernel adds its own folder, and later in the list
    gc.disable()
    try:
        for name in IMPORTED:
            import_module(name)
    except Exception:  # the first cell that imports it will say so
        sys.exit(1)
    gc.freeze()  # no kernel looks through what is imported, nor often through what it makes in its few seconds
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
    signal.signal(signal.SIGCHLD, _bury)
    with suppress(BrokenPipeError):  # of a starter that is gone already
        os.write(0, b".")
    for line in sys.stdin:
        if os.fork() == 0:
            _become_kernel(*json.loads(line))


def _bury(*_):
    """Take note of the kernels that have ended: they are gone then, and their seconds count as this process's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become_kernel(arguments, folder, environment):
    import pandas as pd
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv[1:] = arguments
    os.write(0, str(os.getpid()).encode())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    pd.set_option(
        "display.max_columns", 20
    )  # pandas looks when it is imported whether that is in a kernel
    IPKernelApp.launch_instance(arguments, parent_handle=os.getppid())
    sys.exit()
