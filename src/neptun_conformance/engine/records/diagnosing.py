"""The causes of a run's findings, as they stand in the result."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.diagnosis import diagnose
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake, Weight, about
from neptun_conformance.causes.signatures import signatures
from neptun_conformance.causes.symptoms import Repeated, Symptom
from neptun_conformance.engine.asking.hanging import IN_VAIN
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.engine.records.recording import Recorder, finding_id
from neptun_conformance.engine.records.symptoms import seen_in, symptom_of
from neptun_conformance.exchange import Request
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Finding
from neptun_conformance.results.result import CauseExample, CauseRecord, ClauseRecord, Outcome


class Told(NamedTuple):
    """Where in a server to look, and how servers usually come to it."""

    where: str
    usual: str


_STOPPED = "the target stopped answering "
_LIMITED = "the target has answered "
_SILENT = {Mistake.STOPPED: (_STOPPED, "; "), Mistake.REQUEST_LIMIT: (_LIMITED, ": ")}
"""Causes that leave no finding: how a reason of theirs begins, and what ends its first part."""
_ENDED = Told(
    "the server's log: what ended its process; the notes of the run name what was under way then",
    "What nothing catches ends the whole process, such as a decoder's error on %FF in a path.",
)
"""Where to look for what stops answering because its process has ended."""
FURTHER = 3
"""Examples beside the simplest."""
GUILTY = 2
"""Details that requests have in common, of which one is what fails; of more, nobody can tell."""


@dataclass(slots=True)
class Diagnosing:
    """Finds the causes of what became of the checks.

    Arguments:
        recorder: writes records without secrets.
        clauses: the clauses of the result.
        again: of requests that were answered wrongly, what came of their repeats.
    """

    recorder: Recorder
    clauses: Sequence[ClauseRecord]
    again: Mapping[Request, Repeated] = field(default_factory=dict)

    def causes(self, checked: Iterable[Checked], answers: Iterable[Answer]) -> list[CauseRecord]:
        """Return the causes, what to mend first first.

        Arguments:
            checked: what became of the checks.
            answers: every answer of the run.
        """
        sources = list(self._sources(checked))
        found = {id(symptom): (one, finding) for symptom, one, finding in sources}
        symptoms = [symptom for symptom, _, _ in sources]
        causes = diagnose(symptoms, map(seen_in, answers), signatures()) if symptoms else []
        told = {cause.mistake for cause in causes}
        silent = [one for mistake in _SILENT.keys() - told for one in self._silent(mistake)]
        return [*silent, *(self._record(cause, found) for cause in causes)]

    def _silent(self, mistake: Mistake) -> Iterator[CauseRecord]:
        """Yield a cause without a finding, which leaves clauses not tested."""
        beginning, end = _SILENT[mistake]
        reasons = {c.id: c.reason for c in self.clauses if (c.reason or "").startswith(beginning)}
        if not reasons:
            return
        told = about(mistake)
        when, _, last = next(filter(None, reasons.values())).removeprefix(beginning).partition(end)
        ended = "refuses connections" in last
        yield CauseRecord(
            id=mistake,
            kind=mistake,
            name=told.name,
            sentence=f"{told.sentence}: {when}",
            certainty=Certainty.SURE,
            because=last or "nothing was answered any more",
            clauses=[],
            findings=[],
            count=0,
            where=_ENDED.where if ended else told.where,
            usual=_ENDED.usual if ended else told.usual,
            silences=list(reasons),
        )

    def _sources(self, checked: Iterable[Checked]) -> Iterator[tuple[Symptom, Checked, Finding]]:
        for one in checked:
            for finding in one.findings:
                cleaned = self.recorder.cleaned(one.check.clause, finding.problem)
                named = finding_id(one.check.clause, cleaned)
                repeated = self.again.get(finding.answer.exchange.request)
                yield replace(symptom_of(one, finding, named), repeated=repeated), one, finding

    def _record(self, cause: Cause, found: dict[int, tuple[Checked, Finding]]) -> CauseRecord:
        told = about(cause.mistake) if cause.mistake else None
        first, *further = examples_of(cause.typical or cause.symptoms)
        clauses = _each(symptom.clause for symptom in cause.symptoms)
        example = self._example(first, *found[id(first)])
        name = told.name if told else f"no name: {example.actual} in place of {example.expected}"
        sentence = cause.sentence or (told.sentence if told else _unnamed(cause, example))
        if told and not cause.sentence and (guilty := self._in_common(cause, first, found)):
            sentence = f"{sentence}: {', '.join(guilty)}"
        return CauseRecord(
            id=str(cause.mistake) if cause.mistake else _unnamed_id(cause),
            kind=str(cause.mistake) if cause.mistake else None,
            name=name,
            sentence=self.recorder.redactor.redact(sentence),
            certainty=cause.certainty,
            because=self.recorder.redactor.redact(cause.because),
            clauses=clauses,
            findings=_each(symptom.finding for symptom in cause.symptoms),
            count=len(cause.symptoms),
            example=example,
            further=[self._example(one, *found[id(one)]) for one in further],
            where=told.where if told else None,
            usual=told.usual if told else None,
            silences=self._silences(cause),
        )

    def _in_common(
        self, cause: Cause, first: Symptom, found: dict[int, tuple[Checked, Finding]]
    ) -> list[str]:
        """Return what is particular about every request in which a cause shows.

        A small part of what each of them has is common to them by chance.
        """
        each = [set(symptom.seen.particulars) for symptom in cause.symptoms]
        common = set.intersection(*each)
        if 2 * len(common) < min(map(len, each)):
            return []
        _, finding = found[id(first)]
        sent = self.recorder.asked(finding.answer).particulars
        pairs = zip(first.seen.particulars, sent, strict=False)
        guilty = [words for particular, words in pairs if particular in common]
        return guilty if len(guilty) <= GUILTY else []

    def _example(self, symptom: Symptom, checked: Checked, finding: Finding) -> CauseExample:
        record = self.recorder.finding(symptom.clause, checked, finding)
        return CauseExample(
            clause=symptom.clause,
            situation=record.situation,
            message=record.message,
            expected=record.expected,
            actual=record.actual,
            finding=symptom.finding,
            curl=record.curl,
        )

    def _silences(self, cause: Cause) -> list[str]:
        """Return the clauses that are not tested because of what a cause does.

        A reason quotes the question whose answer is missing or wrong.
        """
        sweeping = (
            cause.mistake is not None
            and about(cause.mistake).weight is Weight.REACHABILITY
            and cause.mistake not in _NOT_SWEEPING
        )
        redact = self.recorder.redactor.redact
        situations = {redact(symptom.seen.situation) for symptom in cause.symptoms}
        unserved = "success.status" in cause.clauses
        return [
            clause.id
            for clause in self.clauses
            if clause.outcome is Outcome.NOT_TESTED and clause.reason
            if sweeping
            or any(situation in clause.reason for situation in situations)
            or (unserved and clause.reason.startswith("the session of"))
            or (cause.mistake is Mistake.HANG and any(map(clause.reason.count, IN_VAIN)))
        ]


_NOT_SWEEPING = {Mistake.CODING, Mistake.SHARED_CACHE}
"""What comes between, and lets other answers through."""


def lacking(checked: Iterable[Checked], clauses: Iterable[ClauseRecord]) -> list[str]:
    """Return what the target file lacks, one line each, for clauses that are not tested by it."""
    untested = {clause.id for clause in clauses if clause.outcome is Outcome.NOT_TESTED}
    reasons = (one.reason for one in checked if one.check.clause in untested)
    return _each(
        reason
        for reason in reasons
        if reason and reason.startswith("the target ") and not reason.startswith(_STOPPED)
    )


def _each(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def examples_of(symptoms: Sequence[Symptom]) -> list[Symptom]:
    """Return a simple and usual symptom, and some that read otherwise, of other clauses first.

    The simplest of each stands for all that read alike. What status came most often is usual.
    """
    usual, _ = Counter(symptom.seen.status for symptom in symptoms).most_common(1)[0]
    ordered = sorted(symptoms, key=lambda one: (one.seen.status != usual, one.simplicity))
    unlike = _first_of_each(ordered, _what_is_told)
    chosen = _first_of_each(unlike, lambda one: (one.clause, one.check, one.seen.form))
    more = [symptom for symptom in unlike if not any(symptom is one for one in chosen)]
    return [*chosen, *more][: 1 + FURTHER]


def _what_is_told(symptom: Symptom) -> tuple[str, str, str]:
    """Return what a symptom tells; of one wrong answer, another demand tells nothing more."""
    expected = symptom.expected if symptom.of_content else ""
    return symptom.seen.situation, expected, symptom.actual


def _first_of_each(symptoms: Sequence[Symptom], kind: Callable[[Symptom], object]) -> list[Symptom]:
    first: dict[object, Symptom] = {}
    for symptom in symptoms:
        first.setdefault(kind(symptom), symptom)
    return list(first.values())


def _unnamed(cause: Cause, example: CauseExample) -> str:
    number = len(cause.symptoms)
    told = f"expected {example.expected}, got {example.actual}"
    if number == 1:
        return f"No known mistake fits: {told}"
    return f"No known mistake fits these {number} findings; the simplest: {told}"


def _unnamed_id(cause: Cause) -> str:
    clauses = "|".join(sorted(cause.clauses))
    return f"unnamed:{hashlib.sha256(clauses.encode()).hexdigest()[:8]}"
