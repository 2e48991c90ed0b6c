"""What is left in a saved text of films, recordings and galleries that only the page can show."""

from __future__ import annotations

from index.cleaning.rule import Gate, Rule, whole_line, within_line

PLAYERS: tuple[Rule, ...] = (
    Rule(
        "listen-line",
        "buttons to listen and share",
        whole_line(
            r"listen to (?:this )?article(?: \d+:\d\d)?"
            r"(?: (?:share this article|share|tweet|post|email))*",
            # a player with the length of the recording, twice
            r".{0,300}\blisten · \d+:\d\d(?: \d+:\d\d)?(?: (?:download|embed|transcript))*",
        ),
        version=2,
        gate=Gate(opens=("listen to",), holds=("·",), longest=400),
    ),
    Rule(
        "player",
        "a player of the page that a text cannot show",
        whole_line(
            r"\(?scroll down for (?:the )?(?:video|more|gallery|updates|downloadable versions)"
            r"[^.\n]{0,60}[.)]{0,2}(?: subscribe to .{5,100})?",
            r".{0,300}\b(?:form|page|site|video|player|feature) requires javascript\b.{0,200}",
            r"(?:please |you must |you need to )?enable javascript\b.{0,120}",
            r".{0,60}your browser does not support (?:the |this |html|iframes).{0,80}",
            r"loading(?:\.{3}|…)",
            r"just watched .{3,200} replay\b.{0,30}\bmust watch .{3,200}",
        ),
        version=2,
        gate=Gate(
            opens=(
                "scroll down",
                "please enable",
                "you must enable",
                "you need to enable",
                "enable javascript",
                "this form",
                "this page",
                "this site",
                "this video",
                "this player",
                "this feature",
                "loading",
                "just watched",
            ),
            holds=("your browser does not",),
            longest=620,
        ),
    ),
    Rule(
        "media-label",
        "the label of a picture or a film",
        whole_line(r"(?:photos?|videos?|slide ?show|(?-i:CLOSE)|youtube|credit)"),
        gate=Gate(
            opens=(
                "photo",
                "photos",
                "video",
                "videos",
                "slide",
                "slideshow",
                "close",
                "youtube",
                "credit",
            ),
            longest=12,
        ),
    ),
    Rule(
        "slideshow",
        "a picture gallery stood here",
        whole_line(
            r"(?:slideshow|gallery|photos?)\s*\(\d+ (?:images?|photos?|pictures?)\)",
            r"(?:view|see|open|launch) (?:the )?(?:gallery|slideshow|all photos)\W*",
            r"(?:prev(?:ious)?|next) image \d+ of \d+",
            r"hide caption \d+ of \d+",
        ),
        version=2,
        gate=Gate(
            opens=(
                "slideshow",
                "gallery",
                "photo",
                "photos",
                "view",
                "see",
                "open",
                "launch",
                "prev",
                "previous",
                "next",
                "hide caption",
            ),
            longest=60,
        ),
    ),
    Rule(
        "markup-scrap",
        "a piece of the page's code",
        within_line(r"""^(?:[a-z][\w-]{2,20}="[^"\n]{0,400}"\s*)+"""),
        gate=Gate(opens=("poster", "src", "data", "class", "style", "href", "alt", "width")),
    ),
)
