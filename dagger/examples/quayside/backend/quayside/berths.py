"""The board's logic: plain values in, plain values out; the caller brings the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Optional

DUE_WITHIN = timedelta(hours=2)
LEAVING_WITHIN = timedelta(minutes=45)


@dataclass(frozen=True)
class Berth:
    name: str
    length: int  # metres


@dataclass(frozen=True)
class Call:
    """A ship's daily call at a berth. It lies overnight if it departs earlier than it arrives."""

    ship: str
    length: int  # metres
    berth: str
    arrives: time
    departs: time


@dataclass(frozen=True)
class Stay:
    """A call on a given day."""

    ship: str
    arrives: datetime
    departs: datetime


@dataclass(frozen=True)
class Row:
    """A line of the board. `ship` and its times are there unless the berth is free."""

    berth: str
    length: int
    state: str  # free, due, alongside or leaving
    ship: Optional[str] = None
    arrives: Optional[datetime] = None
    departs: Optional[datetime] = None


BERTHS = (
    Berth("North 1", 180),
    Berth("North 2", 140),
    Berth("Grain Quay", 220),
    Berth("Fish Dock", 60),
    Berth("Pilot Steps", 30),
)

TIMETABLE = (
    Call("Halcyon", 164, "North 1", time(6, 30), time(11, 0)),
    Call("Marguerite", 152, "North 1", time(13, 15), time(21, 45)),
    Call("Oriel", 121, "North 2", time(20, 0), time(7, 30)),
    Call("Saltmarsh", 138, "North 2", time(9, 0), time(17, 30)),
    Call("Corn Dolly", 205, "Grain Quay", time(4, 0), time(23, 0)),
    Call("Pilchard", 38, "Fish Dock", time(3, 45), time(10, 15)),
    Call("Gannet", 44, "Fish Dock", time(15, 0), time(2, 30)),
)


def stays(calls: Iterable[Call], berth: str, day: datetime) -> list[Stay]:
    """The stays at a berth that begin the day before, on, or the day after `day`, in order."""
    found = []
    for call in calls:
        if call.berth != berth:
            continue
        overnight = timedelta(days=1 if call.departs <= call.arrives else 0)
        for offset in (-1, 0, 1):
            date = day.date() + timedelta(days=offset)
            arrives = datetime.combine(date, call.arrives, day.tzinfo)
            departs = datetime.combine(date, call.departs, day.tzinfo) + overnight
            found.append(Stay(call.ship, arrives, departs))
    return sorted(found, key=lambda stay: stay.arrives)


def board(
    at: datetime,
    berths: Sequence[Berth] = BERTHS,
    calls: Sequence[Call] = TIMETABLE,
) -> list[Row]:
    """The state of every berth at a moment, in the order of `berths`."""
    return [row(berth, stays(calls, berth.name, at), at) for berth in berths]


def row(berth: Berth, planned: Iterable[Stay], at: datetime) -> Row:
    stay = next((stay for stay in planned if stay.departs > at), None)
    if stay is None or stay.arrives - at > DUE_WITHIN:
        return Row(berth.name, berth.length, "free")
    if stay.arrives > at:
        state = "due"
    elif stay.departs - at <= LEAVING_WITHIN:
        state = "leaving"
    else:
        state = "alongside"
    return Row(berth.name, berth.length, state, stay.ship, stay.arrives, stay.departs)


def problems(berths: Sequence[Berth] = BERTHS, calls: Sequence[Call] = TIMETABLE) -> list[str]:
    """What is wrong with a timetable: unknown berths, ships too long, stays that overlap."""
    lengths = {berth.name: berth.length for berth in berths}
    found = []
    for call in calls:
        if call.berth not in lengths:
            found.append(f"{call.ship}: there is no berth {call.berth}")
        elif call.length > lengths[call.berth]:
            found.append(
                f"{call.ship}: {call.length} m is too long for "
                f"{call.berth}, which has {lengths[call.berth]} m"
            )
    day = datetime(2000, 1, 1, tzinfo=timezone.utc)
    for berth in berths:
        planned = stays(calls, berth.name, day)
        clashes = {
            f"{berth.name}: {before.ship} and {after.ship} lie there at the same time"
            for before, after in zip(planned, planned[1:])
            if after.arrives < before.departs
        }
        found.extend(sorted(clashes))
    return found
