"""Demands exactly the files that the target lists for a chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from neptun_conformance.bodies.files import STABLE, FileList, same_member
from neptun_conformance.bodies.problem import Problem, listed, pointer, shown
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Subject, judges
from neptun_conformance.targets.model import File

_A_LIST = Subject(lambda answer: answer.sound_files is not None, "no list of files could be read")


@judges(about=_A_LIST)
def be_complete_lists(answer: Answer) -> Iterator[Problem]:
    """Demand exactly the files that the target lists for the chat, each once."""
    chat, files = answer.resolved.chat, answer.sound_files
    listing = answer.facts.listed.get(chat) if chat else None
    if listing is None or files is None:
        return
    counted, wanted = Counter(files.ids), {file.id for file in listing}
    expected = f"exactly the {len(listing)} files of the chat"
    for message, wrong in (
        ("files are missing", [i for i in wanted if i not in counted]),
        ("files that are not in the chat", [i for i in counted if i not in wanted]),
        ("files are listed more than once", [i for i in wanted if counted[i] > 1]),
    ):
        if wrong:
            yield Problem(message, expected, f"ids {listed(sorted(wrong))}", count=len(wrong))
    yield from _other_members(files, listing)


def _other_members(files: FileList, listing: tuple[File, ...]) -> Iterator[Problem]:
    positions = {value: index for index, value in enumerate(files.ids)}
    for file in listing:
        found = dict(zip(STABLE, files.stable.get(file.id, ()), strict=False))
        for name in ("name", "size", "type", "created_at"):
            wanted, actual = getattr(file, name), found.get(name)
            if wanted is None or actual is None or same_member(name, wanted, actual):
                continue
            place = pointer("chatFiles", positions[file.id], name)
            yield Problem(f"the {name} of a file is wrong", shown(wanted), shown(actual), place)
