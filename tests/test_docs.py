"""What the documents say is what the program does."""

import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
ALLEGEDLY = Path(sys.executable).with_name("allegedly")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    demo = (files("allegedly.documents") / "demo.txt").read_text("utf-8")
    (tmp_path / "story.txt").write_text(demo, "utf-8")
    return tmp_path


def test_the_python_of_the_readme_runs(folder: Path) -> None:
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) > 10
    assert "accuse | Vessany | " in done.stdout


def test_the_python_of_the_formats_runs() -> None:
    text = (ROOT / "docs" / "formats.md").read_text("utf-8")
    shown = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(shown) >= 2
    for code in shown:
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "warden" in done.stdout


def test_the_record_of_the_readme_is_the_demo_s() -> None:
    [shown] = re.findall(r"A record looks like this:\n\n```\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [ALLEGEDLY, "read", "--demo"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert shown in done.stdout


def test_the_commands_of_the_readme_run(folder: Path) -> None:
    shown = re.search(r"## The first five minutes\n\n```\n(.*?)```", README, re.DOTALL)
    assert shown
    path = f"{ALLEGEDLY.parent}{os.pathsep}{os.environ['PATH']}"
    for line in shown[1].splitlines():
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=folder,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stderr)
    assert (folder / "story.html").exists()
    assert (folder / "ledger.jsonl").read_text("utf-8").startswith("{")


def test_every_folder_is_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for path in (ROOT / "src" / "allegedly").iterdir():
        if path.suffix == ".py" or (path.is_dir() and not path.name.startswith("_")):
            assert path.stem.startswith("_") or path.stem in text, path.name


def test_every_dependency_has_a_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = re.search(r"\ndependencies = \[(.*?)\n\]", project, re.DOTALL)
    assert listed
    reasons = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for name in re.findall(r'"([A-Za-z0-9_-]+)', listed[1]):
        assert f"| {name} |" in reasons


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
