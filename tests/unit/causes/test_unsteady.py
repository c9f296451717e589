"""What shows now and then is blamed on no input."""

from __future__ import annotations

from neptun_conformance.causes.certainty import Certainty
from neptun_conformance.causes.explaining import Cause
from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.causes.symptoms import Form, Repeated
from neptun_conformance.causes.unsteady import NOW_AND_THEN, doubted_where_unsteady
from tests.unit.causes.seen import cause, found, seen

EACH_TIME, ONCE = Repeated.EACH_TIME, Repeated.NOW_AND_THEN


def sure(mistake: Mistake, *repeated: Repeated | None) -> Cause:
    symptoms = tuple(
        found(f"ownership.{number}", repeated=one) for number, one in enumerate(repeated)
    )
    return Cause(mistake, Certainty.SURE, symptoms, "because")


def test_causes_that_do_not_come_again_are_one_without_a_name() -> None:
    crash, open_ = sure(Mistake.CRASH, ONCE), sure(Mistake.NO_OWNERSHIP, ONCE, None)
    (one,) = doubted_where_unsteady([crash, open_])
    assert (one.mistake, one.certainty) == (None, Certainty.UNNAMED)
    assert one.sentence == NOW_AND_THEN
    assert one.symptoms == (*crash.symptoms, *open_.symptoms)
    assert "(2 of them were)" in one.because


def test_what_comes_again_each_time_stays_sure() -> None:
    steady, unknown = sure(Mistake.CRASH, EACH_TIME), sure(Mistake.NO_OWNERSHIP, None)
    assert doubted_where_unsteady([steady, unknown]) == [steady, unknown]


def test_what_comes_again_in_part_or_was_not_repeated_beside_such_is_likely_at_most() -> None:
    in_part, unknown, once = (
        sure(Mistake.CRASH, EACH_TIME, ONCE),
        sure(Mistake.HEAD, None),
        sure(Mistake.NO_OWNERSHIP, ONCE),
    )
    told = {one.mistake: one.certainty for one in doubted_where_unsteady([in_part, unknown, once])}
    assert told == {
        Mistake.CRASH: Certainty.LIKELY,
        Mistake.HEAD: Certainty.LIKELY,
        None: Certainty.UNNAMED,
    }


def test_what_shows_now_and_then_by_nature_keeps_its_name() -> None:
    causes = [sure(mistake, ONCE) for mistake in (Mistake.UNSTABLE, Mistake.OTHER_INSTANCE)]
    assert doubted_where_unsteady(causes) == causes


def test_a_refusal_that_comes_elsewhere_now_and_then_is_no_cause_of_its_own() -> None:
    busy = seen(Form.REFUSAL, 409, right=False)
    elsewhere = cause(None, found("success.status", busy, repeated=ONCE))
    alike = cause(Mistake.OTHER_ID_BODY, found("chat.not-a-number-documented", busy))
    each_time = cause(Mistake.OTHER_ID_BODY, found("chat.unknown", busy, repeated=EACH_TIME))
    (one,) = doubted_where_unsteady([elsewhere, alike])
    assert (one.sentence, len(one.symptoms)) == (NOW_AND_THEN, 2)
    assert each_time in doubted_where_unsteady([elsewhere, each_time])
