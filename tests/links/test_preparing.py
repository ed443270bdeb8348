import subprocess
import sys

from allegedly.links.preparing import read, run

LOADED = """
import sys, allegedly.links
for name, module in sys.modules.items():
    if name.startswith(("allegedly.linking", "allegedly.links")):
        print(module.__file__)
"""


def test_all_code_that_linking_loads_is_in_the_name_of_its_run() -> None:
    command = [sys.executable, "-c", LOADED]
    loaded = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")
    assert any(path.endswith("lexicon.py") for path in loaded)
    assert set(filter(None, loaded)) <= {str(file) for file in read()}


def test_its_word_lists_and_weights_are_in_it_too() -> None:
    named = [file.name for file in read()]
    assert {"words.toml", "parties.toml", "weights.toml"} <= set(named)
    assert run() == run()
