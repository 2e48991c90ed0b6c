"""Worker processes: a record that hangs, dies or swells is set apart, and nothing else is lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from index.readers import Record, Rejection
from index.workers import Task, Workers


def behave(record: Record) -> Rejection:
    """Do what the payload says, and tell which process did it."""
    match record.payload:
        case b"hang":
            time.sleep(600)
        case b"die":
            os._exit(3)
        case b"kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"slow":
            time.sleep(0.3)
        case b"swell":
            hoard = []
            while True:
                hoard.append(bytearray(50_000_000))
    return Rejection(record.location, str(os.getpid()))


def interrupted(record: Record) -> Rejection:
    """What a worker makes of a Ctrl-C that was meant for the whole terminal."""
    os.kill(os.getpid(), signal.SIGINT)
    return Rejection(record.location, "went on")


def batches(*payloads: str) -> list[list[Record]]:
    """One batch an argument, one record a word; a record's location is its number in all."""
    numbers = iter(range(1_000))
    return [
        [Record("text", word.encode(), str(next(numbers))) for word in payload.split()]
        for payload in payloads
    ]


def run(task: Task, given: list[list[Record]], jobs: int = 2, **limits: float) -> list[list[str]]:
    """The reasons that came back, batch by batch; every record answered, in order."""
    out = []
    with Workers(task, jobs, seconds=limits.get("seconds", 20), megabytes=900) as workers:
        for (records, outcomes), sent in zip(workers.map(given), given, strict=True):
            assert records == sent
            assert all(isinstance(outcome, Rejection) for outcome in outcomes)
            reasons = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
            assert [reason.location for reason in reasons] == [record.location for record in sent]
            out.append([reason.reason for reason in reasons])
    return out


def alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    return True


def test_batches_come_back_in_order_though_some_are_slower() -> None:
    reasons = run(behave, batches("slow slow", "ok", "ok ok", "slow", "ok", "ok"))
    assert [len(batch) for batch in reasons] == [2, 1, 2, 1, 1, 1]
    assert len({pid for batch in reasons for pid in batch}) > 1


def test_no_process_is_left_behind() -> None:
    pids = {pid for batch in run(behave, batches("ok", "ok", "ok", "ok")) for pid in batch}
    assert pids
    assert not any(map(alive, pids))


def test_no_process_is_left_behind_when_the_reader_stops_early() -> None:
    with Workers(behave, 2) as workers:
        (_, outcomes) = next(workers.map(batches("ok", "hang", "ok hang", "ok")))
    pids = [outcome.reason for outcome in outcomes if isinstance(outcome, Rejection)]
    assert not any(map(alive, pids))


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        ("die", "needs more than 900 MB, or breaks its parser"),
        ("kill", "needs more than 900 MB, or breaks its parser"),
        ("swell", "needs more than 900 MB, or breaks its parser"),
        ("hang", "takes longer than 1 s to read"),
    ],
)
def test_only_the_record_at_fault_is_rejected(deed: str, reason: str) -> None:
    seconds = 1 if deed == "hang" else 20
    reasons = run(behave, batches("ok ok", f"ok {deed} ok ok", "ok"), seconds=seconds)
    assert reasons[1][1] == reason
    others = [*reasons[0], reasons[1][0], *reasons[1][2:], *reasons[2]]
    assert all(other.isdigit() for other in others)
    assert not any(map(alive, others))


def test_records_at_fault_one_after_the_other_are_each_rejected() -> None:
    (reasons,) = run(behave, batches("die die ok die"), jobs=1)
    assert [reason.isdigit() for reason in reasons] == [False, False, True, False]


def test_ctrl_c_is_for_the_process_that_asked_not_for_its_workers() -> None:
    assert run(interrupted, batches("x x", "x")) == [["went on", "went on"], ["went on"]]


def test_nothing_in_gives_nothing_out() -> None:
    assert run(behave, []) == []


def test_only_a_little_is_read_ahead() -> None:
    taken = 0

    def counted() -> Iterator[list[Record]]:
        nonlocal taken
        for batch in batches(*["ok"] * 40):
            taken += 1
            yield batch

    with Workers(behave, 2) as workers:
        given = 0
        for _ in workers.map(counted()):
            given += 1
            assert taken - given <= 4
    assert given == 40


def test_a_batch_larger_than_a_pipe_goes_through() -> None:
    big = [Record("text", b"x" * 3_000_000, str(number)) for number in range(3)]
    (reasons,) = run(behave, [big], jobs=1)
    assert all(reason.isdigit() for reason in reasons)
