"""As many worker processes as were asked for."""

from __future__ import annotations

import pytest

from tests.index.test_workers import batches, behave, run


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_there_are_no_more_processes_than_jobs(jobs: int) -> None:
    reasons = run(behave, batches(*["slow slow slow"] * 6), jobs=jobs)
    assert len({pid for batch in reasons for pid in batch}) == jobs
