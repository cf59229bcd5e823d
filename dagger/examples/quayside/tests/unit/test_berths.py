from datetime import datetime, time, timezone

import pytest

from quayside.berths import BERTHS, Berth, Call, board, problems

QUAY = [Berth("Quay", 100)]


def call(arrives, departs, ship="Wren", length=80, berth="Quay"):
    return Call(ship, length, berth, time(*arrives), time(*departs))


def at(hour, minute=0):
    return datetime(2026, 6, 1, hour, minute, tzinfo=timezone.utc)


DAY = [call((8, 0), (16, 0))]
NIGHT = [call((22, 0), (6, 0))]


@pytest.mark.parametrize(
    ("calls", "now", "state"),
    [
        (DAY, at(5, 59), "free"),
        (DAY, at(6), "due"),
        (DAY, at(8), "alongside"),
        (DAY, at(15, 14), "alongside"),
        (DAY, at(15, 15), "leaving"),
        (DAY, at(16), "free"),
        (NIGHT, at(21), "due"),
        (NIGHT, at(23), "alongside"),
        (NIGHT, at(0), "alongside"),
        (NIGHT, at(5, 30), "leaving"),
        (NIGHT, at(12), "free"),
        ([], at(12), "free"),
    ],
)
def test_state(calls, now, state):
    assert [row.state for row in board(now, QUAY, calls)] == [state]


def test_a_ship_lying_overnight_arrived_the_day_before():
    (row,) = board(at(1), QUAY, NIGHT)
    assert row.ship == "Wren"
    assert row.arrives == datetime(2026, 5, 31, 22, tzinfo=timezone.utc)
    assert row.departs == at(6)


def test_tomorrows_first_ship_is_due_before_midnight():
    (row,) = board(at(23, 30), QUAY, [call((0, 45), (3, 0))])
    assert (row.state, row.arrives.day) == ("due", 2)


def test_a_free_berth_names_no_ship():
    (row,) = board(at(12), QUAY, NIGHT)
    assert (row.ship, row.arrives, row.departs) == (None, None, None)


def test_the_board_lists_every_berth_in_order():
    assert [row.berth for row in board(at(12))] == [berth.name for berth in BERTHS]


@pytest.mark.parametrize(
    ("calls", "problem"),
    [
        ([call((8, 0), (9, 0), berth="Pier")], "Wren: there is no berth Pier"),
        (
            [call((8, 0), (9, 0), length=120)],
            "Wren: 120 m is too long for Quay, which has 100 m",
        ),
        (
            [*DAY, call((15, 0), (17, 0), ship="Tern")],
            "Quay: Wren and Tern lie there at the same time",
        ),
        (
            [*NIGHT, call((5, 0), (7, 0), ship="Tern")],
            "Quay: Wren and Tern lie there at the same time",
        ),
    ],
)
def test_problems(calls, problem):
    assert problems(QUAY, calls) == [problem]


def test_a_ship_may_arrive_as_another_leaves():
    assert problems(QUAY, [*DAY, call((16, 0), (20, 0), ship="Tern")]) == []


def test_our_own_timetable_is_sound():
    assert problems() == []
