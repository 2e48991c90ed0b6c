"""Captions and credits of pictures and films, which move to fields of their own.

Most are known by the credit they end in: a name, a stroke and an agency, which no sentence ends in.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from index.cleaning.rule import Gate, Passage, Rule, Span, bare, whole_line, within_line

AGENCY = (
    r"(?:Getty(?: Images)?|AP(?: Photos?| Images)?|Associated Press|Reuters|REUTERS|AFP"
    r"|Agence France-Presse|EPA(?:-EFE)?|PA(?: Wire)?|UPI|Bloomberg|Flickr|Wikimedia(?: Commons)?"
    r"|Wikipedia|Shutterstock|iStock|Unsplash|Pexels|Pixabay|Twitter|YouTube|Facebook|Instagram"
    r"|Alamy|Rex|Zuma(?: Press)?|ZUMA(?: Press)?|NPR|Redux|Corbis|Landov|Polaris|S[Ii][Pp][Aa]"
    r"|CQ Roll Call|Anadolu(?: Agency)?|NurPhoto|Xinhua|POLITICO|USA TODAY(?: Sports)?"
    r"|The (?:Washington Post|New York Times|Guardian))"
)
_CAPITALISED = r"[^\W\d_a-z][\w.’'-]*"
_NAME = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|de|da|van|von|bin|al|der|for|via)){{0,5}}"
# "Rosa Lindqvist/Pool/AFP via Getty Images, FILE"
_SIGNED = (
    rf"{_NAME}(?:/{_NAME}){{0,2}}\s?/\s?{AGENCY}"
    rf"(?:(?:/| via | / |, ){AGENCY})?(?:,? (?:FILE|[Ff]ile))?\.?"
)
# The same in brackets, where some put the agency first: "(Reuters/Rosa Lindqvist)", and where an
# outlet that is no agency hands it on: "(Rosa Lindqvist/The Ellmouth Bell via AP)".
_BRACKETED = (
    r"(?-i:\((?!(?:Reporting|Writing|Editing|Additional|Compiled|See|Read|For|In|On)\b)"
    r"(?:(?:via )?[^\W\d_a-z][^()/:;\n]{1,60}(?:\s?/\s?[^()/:;\n]{1,50}){0,3}(?:\s?/\s?| via )"
    rf"{AGENCY}|{AGENCY}\s?/\s?{_NAME})(?:,? (?:FILE|[Ff]ile))?(?: [Pp]hoto)?\s?\)\.?)"
)
_PICTURE = (
    r"(?:[Pp]hoto(?:graph)?s?|[Ii]mages?|[Ii]llustration|[Ss]creenshot|[Pp]hoto [Ii]llustration)"
)


# What the line of a caption ends in.
_CREDITED = (
    r"\((?:[^()\n]{0,40}\b)?(?:AP Photo|(?:Reuters|Getty|AFP) (?:[Pp]hoto|[Ii]mage))"
    r"[^()\n]{0,100}\)",
    rf"\({_PICTURE}(?: [Cc]redit| by| via| courtesy of)?\s?[:/]?\s?(?-i:[^\Wa-z])"
    r"(?:[^()\n]|\([^()\n]{1,60}\)){1,120}\)"
    r"(?:\s?Buy Photo)?",
    rf" \| (?:[^|\n]{{2,60}}[/|] ?)?{AGENCY}",
    rf"[.!?”\"’')\]] {_SIGNED}",
    rf"\s?{_BRACKETED}",
    rf" {_NAME}[—–]{AGENCY}(?:/{AGENCY})?",
    r"[\s(](?:REUTERS|AP Photo|AFP|Getty Images)\s?/\s?[A-Z][\w .,’'-]{2,60}"
    r"(?:/[A-Z][\w ]{3,30}(?: via Reuters)?)?(?: - [A-Z0-9]{6,20})?\)?",
    r"\s(?:Photo(?:graph(?:er)?)?|(?:Photo )?Illustration|Image|Credit): ?"
    r"[^\W\d_a-z](?:[^\W\d_a-z]\. ?|[^.!?\n]){1,90}\.?",
)


def _marked_caption(passage: Passage) -> Iterator[Span]:
    """A line that in the markup is the caption of a picture."""
    for line in passage.candidates if passage.captions else ():
        if bare(line.text) in passage.captions:
            yield Span(line.start, line.end, evidence="a caption in the markup")


_FEWEST_SLIDES = 2
_SLIDE = 50  # characters; shorter lines are repeated by chance


def _slides(passage: Passage) -> Iterator[Span]:
    """The captions of a gallery that was saved with both of its layers: each stands twice."""
    pairs = [
        pair
        for pair in pairwise(passage.lines)
        if pair[0].text == pair[1].text
        and len(pair[0].text) >= _SLIDE
        and not pair[0].text.startswith("JUST WATCHED")  # a player's
    ]
    if len(pairs) >= _FEWEST_SLIDES:
        for line in (line for pair in pairs for line in pair):
            yield Span(line.start, line.end, evidence="stands twice, as others do")


PICTURES: tuple[Rule, ...] = (
    Rule("marked-caption", "the caption of a picture", _marked_caption, moves_to="captions"),
    Rule(
        "photo-credit",
        "the credit of a picture",
        whole_line(
            rf"[^.!?\n]{{2,80}}/\s?{AGENCY}(?:\s?\([\w .-]{{2,30}}\))?",
            r"[^.!?\n]{0,80}\((?:CC|Creative Commons)[\w .-]{0,30}\)",
            r"(?:photo(?:graph)?|image|picture|illustration|screenshot|(?:photo |image )?credit)"
            r"\s?(?:(?:by|via|from|credit)\s*:?|:)\s?(?-i:[^a-z\s])[^\n]{1,100}",
            rf"[^.!?\n]{{2,80}} via {AGENCY}(?:, file)?",
            rf"\((?:{AGENCY}|[^()\n]{{0,30}}\b(?:photo|image)s?(?: by|:)[^()\n]{{1,60}})\)",
            _BRACKETED,
            r"image copyright (?!.*image caption)[^.!?\n]{2,60}",
            r"toggle caption [^.!?\n]{2,120}",
            rf"(?-i:(?:{_CAPITALISED} ){{2,4}}for (?:NPR|The (?:New York Times|Washington Post)))",
            r"sources?: (?-i:[A-Z])[^!?\n]{2,60}",
            r"source: an? [^!?\n]{2,60} poll of [^!?\n]{2,80}",
        ),
        moves_to="credits",
        version=5,
        gate=Gate(
            opens=(
                "photo",
                "photograph",
                "image",
                "picture",
                "illustration",
                "screenshot",
                "credit",
                "toggle caption",
                "pixabay",
                "source",
                "sources",
            ),
            brackets=("cc", "creative commons", "reuters photo", "ap photo", "getty images"),
            holds=("/", " for npr", " for the new york times", " for the washington post"),
            longest=170,
        ),
    ),
    Rule(
        "photo-caption",
        "the caption of a picture",
        whole_line(
            r"FILE PHOTO:? .{5,600}",
            r"FILE ?[-–—] ?In this .{5,700}",
            r"Enlarge this image(?: toggle caption)?.{0,400}",
            r"Image copyright .{2,80} Image caption .{5,300}",
            r"(?:Image caption|Click to expand Image) .{5,300}",
            r"Facebook Twitter(?: Pinterest)? (?!Pinterest|E-?mail|Share)[^\W\d_a-z‘“'\"].{5,500}",
            r"(?:Buy Photo |Hide caption ).{5,400}",
            r".{0,200}\b(?:hide|toggle) caption",
            rf".{{0,700}}(?:{'|'.join(_CREDITED)})(?: More)?",
            flags=0,
        ),
        moves_to="captions",
        version=5,
        gate=Gate(
            opens=(
                "file photo",
                "file",
                "enlarge this",
                "image copyright",
                "image caption",
                "click to expand",
                "facebook twitter",
                "buy photo",
                "hide caption",
                "toggle caption",
            ),
            brackets=("photo", "image", "illustration", "screenshot", "ap photo", "reuters photo"),
            holds=("/", "|", "photo", " via ap)", " via reuters)", " via getty"),
            longest=800,
        ),
    ),
    Rule(
        "film-caption",
        "the caption of a film",
        whole_line(
            r"Media playback is unsupported on your device(?: Media caption .{3,300})?",
            r"Play Video \d+:\d\d .{5,300}",
            # The button of the player, and then the caption; a shout would go on in capitals.
            r"CLOSE (?=\W*(?:A |I |[^\W\d_a-z][\w’'.-]*[a-z])).{10,500}",
            flags=0,
        ),
        moves_to="captions",
        gate=Gate(opens=("media playback", "play video", "close"), longest=600),
    ),
    Rule(
        "gallery-caption",
        "the captions of a picture gallery",
        whole_line(
            r"(?:Photos: ){1,2}(?P<title>\S.{2,90}?) (?:Photos: ){1,2}(?P=title)\b.*",
            r".*\bHide Caption \d+ of \d+\b.*",
            flags=0,
        ),
        moves_to="captions",
        gate=Gate(opens=("photos",), holds=("hide caption ",)),
        sources=("cnn",),
    ),
    Rule(
        "gallery-slide",
        "the captions of a picture gallery",
        _slides,
        moves_to="captions",
        sources=("cnn",),
    ),
    Rule(
        "caption-before-headline",
        "the caption and the credit of the lead image, with the headline in one line",
        within_line(
            r"^[^|\n]{5,450} \| (?:Reuters photos \| |[^|/\n]{2,60}/|Getty and ){0,2}"
            rf"{AGENCY}"
            r"(?:/[^\W\d_a-z]\.? ?[\w-]+(?: [^\W\d_a-z][\w-]+)?(?:, File)?)?(?= \S)",
        ),
        moves_to="captions",
        gate=Gate(holds=("|",), head=2),
        sources=("politico",),
    ),
)
