"""Ids that name nothing, numbers that are no chat's, and other spellings of real ones."""

from neptun_conformance.judge.comparison import be_no_chat_id, be_right_or_refused
from neptun_conformance.judge.demands import Answers
from neptun_conformance.judge.further_chats import be_no_known_chat
from neptun_conformance.judge.status import (
    be_not_found,
    be_refused,
    be_refused_as_documented,
    be_refused_as_not_found,
    be_refused_without_a_user,
    yield_no_files,
)
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.checks import asks, clause
from neptun_conformance.questions.ids import (
    FAR_NUMBERS,
    NO_NUMBERS,
    OTHER_NUMBERS,
    RARER_NO_NUMBERS,
    RARER_OTHER_NUMBERS,
    aliases_of,
    common_spellings_of,
    further_spellings_of,
    impostors_of,
    injections_of,
    misleading_texts_of,
    other_readings_of,
    parts_of,
    telling_fractions_of,
    telling_spellings_of,
    texts_near,
    twice_encoded,
)
from neptun_conformance.questions.situations import UnknownChat, UnknownUser, UserOf
from neptun_conformance.questions.user_ids import (
    NO_IDS,
    OTHER_SHAPES,
    RARER_OTHER_SHAPES,
    far_from,
    like,
    rarer_variants_of,
    variants_of,
)

TELLING = telling_spellings_of(owner.full)
TWICE_ENCODED = twice_encoded(owner.full)
COMMON, FURTHER = common_spellings_of(owner.full), further_spellings_of(owner.full)
NEAR_OWN = impostors_of(owner.full)
TEXTS = owner.asks_each(NO_NUMBERS[:3], under=owner)
NEAR, MISLEADING = texts_near(owner.full), misleading_texts_of(owner.full)
MORE_TEXTS = (
    *owner.asks_each((*NO_NUMBERS[3:], *NEAR[:7]), under=owner),
    *stranger.asks_each((*injections_of(owner.full)[:1], NEAR[5], *MISLEADING[:6]), under=stranger),
)
RARER_TEXTS = (
    *owner.asks_each((*RARER_NO_NUMBERS, *NEAR[7:]), under=owner),
    *stranger.asks_each(
        (*NO_NUMBERS[2:3], *injections_of(owner.full)[1:], *NEAR[:5], *NEAR[6:], *MISLEADING[6:]),
        under=stranger,
    ),
)
NUMBERS = owner.asks_each((*OTHER_NUMBERS[:3], *NEAR_OWN[:1]), under=owner)
MORE_NUMBERS = (
    *owner.asks_each((*OTHER_NUMBERS[3:], *NEAR_OWN[1:5]), under=owner),
    *stranger.asks_each(telling_fractions_of(owner.full), under=stranger),
)
RARER_NUMBERS = owner.asks_each((*RARER_OTHER_NUMBERS, *NEAR_OWN[5:]), under=owner)
SHAPES = tuple(owner.asks(owner.full, under=user) for user in OTHER_SHAPES[:2])
MORE_SHAPES = (
    *(owner.asks(owner.full, under=user) for user in (*OTHER_SHAPES[2:], *NO_IDS[:3])),
    *(owner.asks(owner.full, under=user) for user in like(owner)),
)
RARER_SHAPES = (
    *(owner.asks(owner.full, under=user) for user in (*RARER_OTHER_SHAPES, *NO_IDS[3:])),
    stranger.asks(owner.full, under=OTHER_SHAPES[1]),
)


@clause("chat.unknown")
@asks(
    owner.asks(UnknownChat(), under=owner),
    stranger.asks(UnknownChat(), under=stranger),
    *owner.asks_each((*FAR_NUMBERS[:1], *aliases_of(owner.full)[:1]), under=owner),
    more=(
        *owner.asks_each((*FAR_NUMBERS[1:2], *aliases_of(owner.full)[1:3]), under=owner),
        owner.asks(UnknownChat(), under=stranger),
        stranger.asks(UnknownChat(), under=owner),
    ),
    deep=owner.asks_each((*FAR_NUMBERS[2:], *aliases_of(owner.full)[3:]), under=owner),
)
def test_a_chat_that_does_not_exist_is_not_found(answer: Answers) -> None:
    """A whole number that names no chat, close to the borders of number types too: 404."""
    answer.must(be_not_found)


@clause("chat.unknown")
@asks(
    more=(
        *owner.asks_each(parts_of(owner.full)[:3], under=owner),
        *owner.asks_each(other_readings_of(owner.full), under=owner),
    ),
    deep=(
        *owner.asks_each(parts_of(owner.full)[3:], under=owner),
        *stranger.asks_each(other_readings_of(owner.full), under=stranger),
    ),
)
def test_a_part_of_a_number_names_no_chat_by_itself(answer: Answers) -> None:
    """A number that begins or ends as a chat's, or is one in octal: not that chat's files."""
    answer.must(be_no_known_chat)


@clause("user.unknown")
@asks(
    owner.asks(owner.full, under=UnknownUser()),
    more=(
        owner.asks(owner.empty, under=UnknownUser()),
        owner.asks(owner.full, under=far_from(owner)),
        stranger.asks(owner.full, under=UnknownUser()),
    ),
    deep=(
        owner.asks(UnknownChat(), under=UnknownUser()),
        stranger.asks(UnknownChat(), under=UnknownUser()),
        owner.asks(stranger.full, under=UnknownUser()),
        stranger.asks(stranger.full, under=UnknownUser()),
    ),
)
def test_a_user_who_does_not_exist_is_not_found(answer: Answers) -> None:
    """A user id like the owner's that names nobody, with the own chat, another's, none: 404."""
    answer.must(be_not_found)


@clause("user.other-shape")
@asks(*SHAPES, more=MORE_SHAPES, deep=RARER_SHAPES)
def test_a_user_id_of_another_shape_is_refused(answer: Answers) -> None:
    """A user id unlike the owner's that names nobody: a 4xx."""
    answer.must(be_refused)


@clause("user.other-shape-not-found")
@asks(*SHAPES, more=MORE_SHAPES, deep=RARER_SHAPES)
def test_a_user_id_of_another_shape_is_not_found(answer: Answers) -> None:
    """A user id unlike the owner's is better refused as any unknown one: 404."""
    answer.must(be_refused_without_a_user)


@clause("chat.other-number")
@asks(*NUMBERS, more=MORE_NUMBERS, deep=RARER_NUMBERS)
def test_a_number_that_no_chat_can_have_is_refused(answer: Answers) -> None:
    """Zero, a negative, a fraction, one beyond 2^53-1, also close to a real chat: a 4xx."""
    answer.must(be_refused)


@clause("chat.other-number-not-found")
@asks(*NUMBERS, more=MORE_NUMBERS, deep=RARER_NUMBERS)
def test_a_number_that_no_chat_can_have_is_not_found(answer: Answers) -> None:
    """Such a number is better refused as any unknown one: 404 with the error body."""
    answer.must(be_refused_as_not_found)


@clause("chat.not-a-number")
@asks(*TEXTS, more=MORE_TEXTS, deep=RARER_TEXTS)
def test_a_chat_id_that_is_no_number_is_refused(answer: Answers) -> None:
    """A text where a number belongs: a 4xx; text about a number is dropped at worst."""
    answer.must(be_no_chat_id)


@clause("chat.not-a-number-documented")
@asks(*TEXTS, more=MORE_TEXTS, deep=RARER_TEXTS)
def test_a_chat_id_that_is_no_number_is_refused_as_documented(answer: Answers) -> None:
    """A text where a number belongs is better refused with a status that clients know."""
    answer.must(be_refused_as_documented)


@clause("chat.spelling")
@asks(
    *owner.asks_each(COMMON[:3], under=owner),
    more=(
        *owner.asks_each((COMMON[4], *FURTHER[:2]), under=owner),
        owner.asks(owner.full, under=UserOf(owner.user.account, "in full")),
    ),
    deep=(
        *owner.asks_each((COMMON[3], *COMMON[5:9], *FURTHER[2:]), under=owner),
        *owner.asks_each(common_spellings_of(owner.empty)[:1], under=owner),
    ),
)
def test_another_spelling_is_refused_or_right(answer: Answers) -> None:
    """Another spelling of an own chat's number: a 4xx, or the very files of that chat."""
    answer.must(be_right_or_refused)


@clause("ownership.spelling")
@asks(
    *stranger.asks_each(COMMON[:4], under=stranger),
    more=(
        *stranger.asks_each((*COMMON[4:], *TELLING, TWICE_ENCODED), under=stranger),
        *stranger.asks_each((COMMON[0], COMMON[3])),
        *owner.asks_each(common_spellings_of(stranger.full)[:1], under=owner),
        stranger.asks(owner.full, under=UserOf(owner.user.account, "in full")),
        *(stranger.asks(owner.full, under=user) for user in variants_of(owner)),
    ),
    deep=(
        *stranger.asks_each((*COMMON[1:3], *TELLING[:6])),
        *(stranger.asks(owner.full, under=user) for user in rarer_variants_of(owner)),
        *owner.asks_each(common_spellings_of(stranger.empty)[1:2], under=owner),
    ),
)
def test_another_spelling_does_not_open_a_foreign_chat(answer: Answers) -> None:
    """Another spelling of a foreign chat's number or owner: never a success."""
    answer.must(yield_no_files)
