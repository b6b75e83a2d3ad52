"""Processes on this machine: where their programs are, and what they take."""

import os
import shutil
import socket
import subprocess
import time

TICK = 1 / os.sysconf("SC_CLK_TCK")


def program(name):
    """The path of a program, one of PostgreSQL's or of the system's among them."""
    folders = [subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False).stdout.strip()
               ] if shutil.which("pg_config") else []
    if os.path.isdir("/usr/lib/postgresql"):
        folders += sorted((f"/usr/lib/postgresql/{v}/bin" for v in os.listdir("/usr/lib/postgresql")), reverse=True)
    found = (f"{folder}/{name}" for folder in folders + ["/usr/sbin"] if os.path.exists(f"{folder}/{name}"))
    return next(found, name)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("nothing happened in time")
        time.sleep(0.05)


def memory(process_id, name="VmRSS"):
    """A figure of /proc/PID/status, in bytes."""
    with open(f"/proc/{process_id}/status", encoding="utf-8") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith(f"{name}:"))


def processor_time(process_id):
    """The seconds that a process has had, by itself and for the kernel's work."""
    with open(f"/proc/{process_id}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK
