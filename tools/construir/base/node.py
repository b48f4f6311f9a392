"""Run the scripts of the build that are for Node."""

import shutil
import subprocess
from pathlib import Path


class NodeError(Exception):
    """A script stopped; the message is what it said."""


def run(script: Path, *arguments: object) -> str:
    """Run a script with `arguments`; answers what it printed."""
    node = shutil.which("node") or "node"
    done = subprocess.run([node, script, *map(str, arguments)], capture_output=True, encoding="utf-8")
    if done.returncode:
        raise NodeError(done.stderr.strip())
    return done.stdout
