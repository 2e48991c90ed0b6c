"""Which language a text is in, and when nobody can tell."""

from __future__ import annotations

import pytest

from index.language import language_of

ENGLISH = (
    "The harbour council met on Tuesday evening to hear why the new ferry will come a year late,"
    " and what it may cost the towns along the coast before the first passenger steps aboard."
)
GERMAN = (
    "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke noch in diesem Jahr zu sperren, weil"
    " die Pfeiler nach dem Hochwasser nicht mehr sicher sind und niemand die Kosten tragen will."
)
CHINESE = (
    "市议会星期二晚上开会讨论新渡轮为什么要晚一年才能到达以及沿海城镇在第一位乘客登船之前要付出多少代价"
    * 3
)


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        (ENGLISH, "", "en"),
        (ENGLISH.upper(), "", "en"),
        (GERMAN, "en-US", "de"),  # what a page declares is often its template's
        (
            "Shr 31 cts vs 26 cts\nNet 4,402,000 vs 2,466,000\nRevs 32.8 mln vs 31.6 mln\n" * 4,
            "",
            "",
        ),
        (
            "Shr 31 cts vs 26 cts\nNet 4,402,000 vs 2,466,000\nRevs 32.8 mln vs 31.6 mln\n" * 4,
            "en",
            "en",
        ),
        ("MTH LAST HIGH LOW\nJUN 12622 12634 12601\n" * 10, "", ""),
        ("Too short to tell", "fr-CA", "fr"),
        ("", "", ""),
        ("", "nonsense!", ""),
    ],
)
def test_a_language_is_told_by_the_text_where_it_says_enough(
    text: str, declared: str, language: str
) -> None:
    assert language_of(text, declared) == language


def test_scripts_without_spaces_are_told_too() -> None:
    many = "".join(chr(0x4E00 + number * 7) for number in range(120))
    assert language_of(CHINESE + many) == "zh"
