"""Set up a fresh clone: Python environment, Node packages, wheels to ship or to read. Needs nothing but Python.

Each step leaves a stamp in `build/sellos/` with the hash of what it was made from (its lock file, the
interpreter), so that a second run with nothing changed does nothing, and a changed lock file redoes its step.
Everything is fetched by hash or integrity: see `requirements/*.txt` and `package-lock.json`.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, "build")
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
WHEELS = os.path.join(BUILD, "ruedas")
CATALOGS = os.path.join(BUILD, "catalogos")

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20

# The wheels are for Pyodide's CPython. markupsafe has none for WebAssembly: any Linux one holds its pure half.
BROWSER = ["--implementation", "cp", "--python-version", "3.14", "--abi", "cp314"]
for _platform in ("pyemscripten_2026_0_wasm32", "manylinux2014_x86_64", "manylinux_2_17_x86_64"):
    BROWSER += ["--platform", _platform]


class SetupError(Exception):
    """What is missing, in one sentence for whoever ran make."""


def main():
    check_python()
    step("entorno", "Python environment in .venv", make_environment, requirements("desarrollo"), python_identity())
    step("node", "Node packages in node_modules", install_node_packages, "package-lock.json", "package.json", ".npmrc")
    step("ruedas", "wheels for the browser's Python", download_wheels, requirements("navegador"))
    step("catalogos", "the SAT's catalogues", download_catalogs, requirements("catalogos"))


def check_python():
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed, and this is {platform.python_version()}: "
            "run make with PYTHON=path/to/a/newer/python3."
        )


def python_identity():
    """What the environment depends on besides its lock: another interpreter needs another environment."""
    return f"{sys.executable} {platform.python_version()}"


def requirements(name):
    return f"tools/requirements/{name}.txt"


def step(name, says, make, *inputs):
    """Run `make` unless its stamp says that it was run for the same inputs, and its result is still there."""
    stamp = os.path.join(BUILD, "sellos", name)
    digest = fingerprint(inputs)
    if read_text(stamp) == digest and os.path.exists(RESULTS[name]):
        return
    print(f"Setting up: {says}", flush=True)
    make()
    os.makedirs(os.path.dirname(stamp), exist_ok=True)
    with open(stamp, "w") as file:
        file.write(digest)


RESULTS = {
    "entorno": VENV_PYTHON,
    "node": os.path.join(ROOT, "node_modules", "pyodide"),
    "ruedas": WHEELS,
    "catalogos": CATALOGS,
}


def fingerprint(inputs):
    digest = hashlib.sha256()
    for item in inputs:
        digest.update((read_text(os.path.join(ROOT, item)) or item).encode())
    return digest.hexdigest()


def read_text(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def make_environment():
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run([sys.executable, "-m", "venv", VENV], "")
    except SetupError as problem:
        raise SetupError(
            f"Python cannot make a virtual environment: on Debian and Ubuntu, install python3-venv.\n{problem}"
        ) from None
    pip("install", "--quiet", "--require-hashes", "--only-binary=:all:", "-r", requirements("desarrollo"))


def download_wheels():
    download("navegador", WHEELS, *BROWSER)


def download_catalogs():
    download("catalogos", CATALOGS)


def download(lock, folder, *options):
    """Fill `folder` with the wheels of a lock, which are not installed."""
    shutil.rmtree(folder, ignore_errors=True)
    pip(
        "download",
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "--only-binary=:all:",
        *options,
        "--dest",
        folder,
        "-r",
        requirements(lock),
    )


def pip(*arguments):
    """pip in our environment. The user's own settings hold, an index mirror for one, but for those that
    would change what is installed: constraints (the lock says it all) and `--user` (we are in a venv)."""
    environment = dict(os.environ, PIP_CONSTRAINT=os.devnull, PIP_USER="0", PIP_NO_INPUT="1")
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    run(
        [VENV_PYTHON, "-m", "pip", *arguments],
        "pip could not fetch the locked packages: is the network there, and PyPI or its mirror reachable?",
        environment,
    )


def install_node_packages():
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node:
        raise SetupError(f"Node.js {OLDEST_NODE} or newer is needed, and there is no `node` on the PATH.")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise SetupError(f"Node.js {OLDEST_NODE} or newer is needed, and `node` is {version}.")
    if not npm:
        raise SetupError("npm is needed, and there is no `npm` on the PATH: it comes with Node.js.")
    run(
        [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        "npm could not fetch the locked packages: is the network there, and the npm registry reachable?",
    )


def run(command, sentence, environment=None):
    """Run `command` in silence; when it fails, raise `sentence` with what it said."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise SetupError("\n".join(filter(None, [sentence, last_lines(done.stdout)])))


def last_lines(text):
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("WARNING")]
    return "\n".join("    " + line for line in lines[-8:])


if __name__ == "__main__":
    try:
        main()
    except SetupError as problem:
        sys.exit(str(problem))
