"""Prose that rules once took, and lines on which they once never ended."""

from __future__ import annotations

import pytest

from tests.index.test_cleaning import AFTER, BEFORE, cleaned

PROSE = [
    "Heavy rain contributed to the flooding.",
    "Years of neglect contributed to the collapse, the inspector found.",
    "This report was commissioned by the council in March.",
    "This story was told to me by my grandmother.",
    "Like many people, she first met him on Facebook.",
    "Follow the money on Facebook and it leads to a shed in Ardmouth.",
    "Find him at X and he will deny it.",
    "Picture by picture, the show builds its case.",
    "Credit from the bank dried up within a week.",
    "Image from space showed the fire spreading.",
    "Published at last",
    "Corrections-officer staffing fell by a third last year.",
    "A previous version of this report, published in 2019, found nothing.",
    "14 years old.",
    "Want proof? Look at the inbox of any councillor.",
    "More from less: how the mill halved its water",
    "“Ida Brankovic is wrong,” the mayor said of this newspaper’s reporter.",
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_stays(line: str) -> None:
    assert cleaned(f"{BEFORE}\n\n{line}\n\n{AFTER}") == ()
    assert cleaned(f"{BEFORE}\n\n{AFTER}\n\n{line}") == ()


SLOW = [
    "1" * 40,
    "2008 2009 2010 2011 2012 2013 2014 2015 2016 2017 2018 2019",
    "Updated" + " " * 60 + "by hand",
    "Published " + "-" * 60 + "x",
    "Posted " + "1234567890" * 6 + "x",
]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("line", SLOW)
def test_no_line_makes_the_rules_run_for_ever(line: str) -> None:
    assert cleaned(f"{BEFORE}\n\n{line}\n\n{AFTER}") == ()


@pytest.mark.parametrize(
    "line",
    [
        "With support from her brother she had become a member of the board.",
        "Comment was free, and the browser he used requires JavaScript skills to mend.",
        "Your browser does not support you, the old pilot tells his sons.",
    ],
)
def test_prose_beside_the_newest_rules_stays(line: str) -> None:
    assert cleaned(f"{BEFORE}\n\n{line}\n\n{AFTER}") == ()
