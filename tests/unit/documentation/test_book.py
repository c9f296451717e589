"""Pages are read as they are meant: marks, commands, links that lead nowhere."""

from __future__ import annotations

from pathlib import Path

from tests.unit.documentation.book import Command, blocks, commands, dangling, written
from tests.unit.documentation.running import run

PAGE = """# A page

<!-- shown from: three -->
```console
$ printf 'one\\n%s\\n' two \\
    three four
three
$ false
```

[here](#a-page) [there](#nowhere) [a file](missing.md) [elsewhere](https://example.com)
"""


def page(folder: Path, text: str = PAGE) -> Path:
    file = folder / "page.md"
    file.write_text(text, "utf-8")
    return file


def test_a_block_knows_its_mark_and_its_commands(tmp_path: Path) -> None:
    (block,) = blocks(page(tmp_path))
    assert (block.mark, block.value, block.runs) == ("shown from", "three", True)
    first = "printf 'one\\n%s\\n' two \\\n    three four"
    assert commands(block) == [Command(first, "three\n"), Command("false", "")]
    assert written(commands(block)) == block.text


def test_links_that_lead_nowhere_are_found(tmp_path: Path) -> None:
    assert dangling(page(tmp_path)) == ["#nowhere", "missing.md"]


def test_output_begins_where_the_mark_says(tmp_path: Path) -> None:
    text = "<!-- shown from: b -->\n```console\n$ printf 'a\\nb\\nc\\n'\n$ echo $?\n```\n"
    ((ran),) = run(page(tmp_path, text), tmp_path)
    assert [command.output for command in ran.printed] == ["…\nb\nc\n", "0\n"]
