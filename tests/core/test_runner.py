"""``make run``: what it refuses, what it says, and that nothing outlives it."""

import os
import re
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from innovation_hub import runner
from tests import repository

STAND_INS = dict.fromkeys(runner.hub_commands(), "exec sleep 300")
PATIENCE = 30


@pytest.mark.parametrize("value", ["", "eight", "-1", "70000", "8000.5", "٨٠٠٠"])
def test_a_wrong_port_is_named(value):
    with pytest.raises(runner.CannotStart, match="PORT is wrong"):
        runner.check_number("PORT", value, 1, 65535)


def test_a_used_port_is_refused_with_another_proposed():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(runner.CannotStart, match=rf"Port {port} can't be used .*PORT={port + 1}"):
            runner.check_port(port)


def test_a_data_folder_serves_one_hub(tmp_path):
    with runner.lock_data_dir(tmp_path), pytest.raises(runner.CannotStart, match=f"process {os.getpid()}"):
        runner.lock_data_dir(tmp_path)
    runner.lock_data_dir(tmp_path).close()


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(runner.CannotStart, match="HUB_DATA_DIR is wrong"):
        runner.lock_data_dir(tmp_path / "file" / "hub")


def test_the_banner_says_where_and_as_whom(tmp_path):
    (tmp_path / runner.ACCOUNTS_FILE).write_text("kurator@contoh.go.id  rahasia\n", encoding="utf-8")
    text = runner.banner(8123, tmp_path)
    assert "http://127.0.0.1:8123/" in text
    assert "kurator@contoh.go.id  rahasia" in text


def start_stand_ins(folder: Path) -> tuple[subprocess.Popen, list[int]]:
    """Start a runner whose processes only sleep; return it and their ids."""
    code = (
        f"from pathlib import Path; from innovation_hub import runner; import os, sys;"
        f"sys.exit(runner.serve(1, Path({str(folder)!r}), dict(os.environ), {STAND_INS!r}))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=repository.ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    ids: list[int] = []
    while len(ids) < len(STAND_INS):
        line = process.stdout.readline()
        assert line, "the runner ended by itself"
        ids += map(int, re.findall(r"started \(pid=(\d+)\)", line))
    return process, ids


def gone(pid: int, seconds: float = PATIENCE) -> bool:
    """Return whether a process that isn't ours ends in time."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_processes(tmp_path, number):
    process, ids = start_stand_ins(tmp_path)
    process.send_signal(number)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "its data is kept" in output
    assert all(map(gone, ids))


def test_the_end_of_one_process_ends_all(tmp_path):
    process, ids = start_stand_ins(tmp_path)
    os.kill(ids[1], signal.SIGKILL)
    output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "ended by itself" in output
    assert all(map(gone, ids))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of their parent's death")
def test_even_kill_9_leaves_nothing_behind(tmp_path):
    process, ids = start_stand_ins(tmp_path)
    process.kill()
    process.wait(PATIENCE)
    assert all(map(gone, ids))
    process.stdout.close()
