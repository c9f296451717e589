"""What reads a target's octets, or a file's, takes any: it never raises, and reads no octet often.

The corpus holds what fuzzing found, and true answers to start from (``make fuzz``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.readers import READERS, Reader
from tests.fuzz.seeds import SEEDS

CORPUS = Path(__file__).parents[1] / "fuzz/corpus"
FOUND = sorted(path for path in CORPUS.rglob("*") if path.is_file())
QUICKLY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
EACH = pytest.mark.parametrize("name", READERS)
PIECES = (b"", b"\x00", b"\xff", b'"', b"\\", b"\r\n", b"\n", b"9" * 4_301, b"1e9999", b"[" * 1_100)


@EACH
@QUICKLY
@given(octets=st.binary(max_size=2_000))
def test_arbitrary_octets_are_read(name: str, octets: bytes) -> None:
    READERS[name](octets)


@EACH
@QUICKLY
@given(data=st.data())
def test_true_octets_with_changes_are_read(name: str, data: st.DataObject) -> None:
    octets = data.draw(st.sampled_from(SEEDS[name]))
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(octets)))
        end = data.draw(st.integers(start, min(start + 40, len(octets))))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=8) | st.just(octets))
        octets = octets[:start] + piece + octets[end:]
    READERS[name](octets)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name[:12]}")
def test_what_fuzzing_found_is_read(path: Path) -> None:
    READERS[path.parent.name](path.read_bytes())


@EACH
def test_the_corpus_knows_every_reader(name: str) -> None:
    assert (CORPUS / name).is_dir()


@EACH
@pytest.mark.parametrize("repeat", [b"9", b"[", b'{"a":', b'"\\"', b"1e4299,", b"a=b; ", b"// "])
def test_the_steps_of_reading_are_in_proportion_to_the_octets(name: str, repeat: bytes) -> None:
    once, thrice = (steps(READERS[name], repeat * (n * 4_000 // len(repeat))) for n in (1, 3))
    assert thrice < 4 * once + 1_000


def steps(reader: Reader, octets: bytes) -> int:
    """Count the calls that reading makes, of Python's functions and of built-in ones."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        reader(octets)
    finally:
        sys.setprofile(before)
    return count
