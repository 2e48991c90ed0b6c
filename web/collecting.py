"""Everything that the pages say, collected from the sources: ``make words``.

``words/microfiche.pot`` lists it in English. Each ``words/<language>.po`` keeps its translations
and gains what is new; what changed a little is marked as fuzzy, and counts as missing until
somebody has looked at it.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from index.overruling import rules
from web.wording import WORDS

_SOURCES = Path(__file__).parent.parent
_METHODS = [
    ("web/templates/**", "jinja2.ext:babel_extract"),
    ("web/**.py", "python"),
    ("search/**.py", "python"),
]
_KEYWORDS = {**DEFAULT_KEYWORDS, "said": None, "pattern": None, "counted": (2, 3)}
TEMPLATE = WORDS / "microfiche.pot"


def collected() -> Catalog:
    """What the templates, the modules and the reasons of the cleaner's rules say."""
    catalogue = Catalog(project="Microfiche", charset="utf-8")
    for room in ("search", "web"):
        for path, _, text, comments, context in extract_from_dir(
            _SOURCES / room,
            [(method[len(room) + 1 :], by) for method, by in _METHODS if method.startswith(room)],
            keywords=_KEYWORDS,
            options_map={"**": {"newstyle_gettext": "true", "silent": "false"}},
        ):
            catalogue.add(text, None, [(f"{room}/{path}", 0)], (), comments, context=context)
    for reason in sorted({rule.reason for rule in rules()}):
        catalogue.add(reason, None, [("index/cleaning", 0)])
    return catalogue


def written(catalogue: Catalog) -> str:
    """A catalogue as its file has it: where each text stands, without numbers of lines, which
    would change with every other change."""
    made = io.BytesIO()
    write_po(made, catalogue, include_lineno=False, omit_header=True, sort_output=True, width=100)
    return made.getvalue().decode()


_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def _of_languages() -> Iterator[Path]:
    yield from sorted(WORDS.glob("*.po"))


def _is_done(message: Message) -> bool:
    told = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(told) and not message.fuzzy


def main(*, check: bool) -> None:
    """Write all lists of words; to ``check`` is only to say whether the first one is up to date."""
    template = collected()
    listed = f"{_HEADER}\n{written(template)}"
    if check:
        sys.exit(
            0 if TEMPLATE.read_text(encoding="utf-8") == listed else f"{TEMPLATE}: run make words"
        )
    TEMPLATE.write_text(listed, encoding="utf-8")
    for path in _of_languages():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.stem)
        catalogue.update(template, no_fuzzy_matching=False)
        header = (
            f'{_HEADER}"Language: {path.stem}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        )
        path.write_text(f"{header}\n{written(catalogue)}", encoding="utf-8")
        missing = [message for message in catalogue if message.id and not _is_done(message)]
        print(f"{path.name}: {len(catalogue)} texts, {len(missing)} to be looked at")


if __name__ == "__main__":
    main(check="--check" in sys.argv)
