"""Run the scripts of this folder that are for Node."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


class NodeError(Exception):
    """A script stopped; the message is what it said."""


def run(script: str, *arguments: object) -> str:
    """Run the script beside this file with `arguments`; answers what it printed."""
    node = shutil.which("node") or "node"
    done = subprocess.run([node, HERE / script, *map(str, arguments)], capture_output=True, encoding="utf-8")
    if done.returncode:
        raise NodeError(done.stderr.strip())
    return done.stdout
