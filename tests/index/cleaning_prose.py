"""Prose that looks like clutter: it must stay whole wherever in an article it stands."""

from __future__ import annotations

# Next to each rule, the prose that most resembles what it takes.
PROSE: dict[str, tuple[str, ...]] = {
    "rollover-caption": (
        "“NO MORE!” the dockers shouted, and the board heard NO MORE of it.",
        "The MORE Act passed the lower house, and Senator Ann Oduya voted for the MORE Act.",
        "He wore a shirt that said B'MORE, and his brother one that said BALTIMORE.",
        "Neither McAllister nor LaBelle nor DeVries had seen the crane before Monday.",
        "READ MORE ABOUT THE CRANE, the poster said, and ASK FOR MORE was the answer.",
        "Mr. Oduya said Mrs. Oduya had asked for MORE time than anybody.",
    ),
    "marked-caption": (
        "The crane in the spring of 1911 was a young crane.",
        "The hat was not found.",
        "Ms. Oduya left, and so did the dog.",
    ),
    "linked-line": (
        "There are nine things to know about the dock.",
        "The mayor buys a hat a year.",
        "Harbour news travels fast.",
    ),
    "bracketed-promotion": (
        "The report (see also the one of 2011) was never read.",
        "“[More: the crane] was all he could make out on the tape,” she said of the noise.",
        "The watch (a gift) stopped at nine.",
    ),
    "photo-bracket": (
        "The photo (taken by her brother) shows a crane.",
        "She kept one image (the best) in her purse.",
        "The pictures (photographers were barred) are drawings.",
    ),
    "embed-placeholder": (
        "“[The video] is all we have,” the lawyer told the court.",
        "He said it was “[a] caption without a picture.”",
        "The list [of audio tapes] runs to nine pages.",
    ),
    "glued-continuation": (
        "The story continues below decks, where the cook has not slept.",
        "Their story continued below the surface for years.",
        "An advertisement asked readers to continue reading the main story.",
    ),
    "listen-inline": (
        "Listen to article nine of the charter, she told the board.",
        "He asked them to listen, to share, and to go home.",
        "LISTEN, said the sign on the buoy.",
    ),
    "about-the-text": (
        "This is a story of two cranes and one town.",
        "This article of faith has never been tested in Ellmouth.",
        "This column of smoke was seen from the island.",
    ),
    "photo-credit": (
        "He owes his position to the harbour, and/or to the crane.",
        "The picture she painted of the dock was a grim one.",
        "Credit goes to the crew, who pumped until dawn.",
    ),
    "photo-caption": (
        "The wire services AP and AFP had both sent somebody to the dock.",
        "She told Reuters that the crane had leaned since spring.",
        "The file was lost, and so was the photo in it.",
    ),
    "update-note": (
        "Updated at 7:18 p.m. ET Deaths in the valley",
        "The board updated its accounts on Monday, three years late.",
        "Posted to the island in 2011, he never left it.",
        "Published in 1931, the novel is set on a barge.",
    ),
    "correction": (
        "The correction of the crane’s lean will take a year.",
        "Corrections to the chart came too late for the tug.",
        "Clarification was sought, and was not given.",
        "This story has been told in Ellmouth since 1911.",
    ),
    "reporting-credit": (
        "Reporting by the Bell had already shown that the crane leaned.",
        "Writing by candle, she finished the letter at four.",
        "The contract was edited by hand and never signed.",
    ),
    "contact-line": (
        "Write to your councillor, she said, and then write again.",
        "Contact with the tug was lost at nine.",
        "Email was down at the harbour office all of Tuesday.",
    ),
    "advertisement": (
        "He called the crane a campaign advertisement on legs.",
        "Advertisements for the post drew nine replies.",
        "An advertisement is not a promise, the judge said.",
    ),
    "continued": (
        "Continue reading the tides and you will end up a fisherman, he said.",
        "The text continues in a different hand.",
        "The story continues to trouble the islanders.",
    ),
    "share-line": (
        "All the towns on the coast share this understanding of the tide.",
        "Share prices fell, and then the crane did.",
        "They share this article of faith with the islanders.",
    ),
    "listen-line": (
        "Listen to this, the captain said, and read out the letter.",
        "Listen to the crane at night and you can hear it lean.",
        "Listen, he said, to the article you wrote.",
    ),
    "newsletter": (
        "She told them where to sign up for the clinic.",
        "Sign up for the clinic by Friday, the doctor told the crews.",
        "His newsletter reached nine people, of whom four were cousins.",
        "Get out while the tide is low, the pilots say.",
    ),
    "related-line": (
        "You can read more on this in the harbour’s own archive.",
        "More on this side of the river than on that one, the crane was loved.",
        "Related to the mayor by marriage, Ms. Oduya stayed away.",
        "Watch the tide, not the clock, is what the pilots say.",
    ),
    "player-notice": (
        "A browser of old books does not support the crane, nor does his wife.",
        "He asked whether her browser supports the video of the crane.",
        "“Does not support the video,” the clerk wrote of the evidence.",
    ),
    "player": (
        "You may scroll down for hours and not find the crane in it.",
        "The script of the play is kept at the harbour office.",
        "The players were not enabled to see the crane.",
    ),
    "shouted-link": (
        "MORE THAN NINE, the pilot shouted from the boat.",
        "WATCH OUT, it says on the crane.",
        "SEE YOU ON MONDAY, the mayor wrote under it.",
    ),
    "related-coverage": (
        "Related coverage of the crane was thin.",
        "The related coverage ran to nine pages.",
        "Related Coverage Ltd. sells insurance to the pilots.",
    ),
    "bracketed-related-line": (
        "(Related by marriage, they have not spoken since.)",
        "(The photos were lost in the flood.)",
        "[The more expensive crane is the one that leans.]",
    ),
    "follow-line": (
        "The captain asked people to follow her to the boats.",
        "Follow the river down and you come to Ellmouth.",
        "Like many people, she first met him on Facebook.",
        "People who like him vote for him on Twitter, but not at the polls.",
    ),
    "app-line": (
        "The app is no help when the tide is out, she said.",
        "Get the boat into the harbour first, then argue.",
        "Download speeds on the island have not risen since 2011.",
    ),
    "click-here": (
        "A click here and a click there, and the lock was open.",
        "Click, went the lock, and the crane was free.",
        "The page said to click here, and so he did, and lost his savings.",
    ),
    "copyright": (
        "The copyright in the song belongs to a dead pilot.",
        "Copyright law does not cover the shape of a crane.",
        "All rights of way on the pier were reserved for carts.",
    ),
    "slideshow": (
        "The slideshow ran to ninety pictures, and nobody stayed.",
        "A gallery on the quay sold three images of the crane.",
        "Photos of the crane (there are five) hang in the office.",
    ),
    "age-of-article": (
        "It happened five years ago, or so the pilots say.",
        "3 days ago the crane still stood.",
        "The boat is 40 years old and sails like new.",
    ),
    "interest-line": (
        "Interested in cranes? You are not alone in Ellmouth.",
        "Are you interested in a berth? he asked the widow.",
        "Interested parties may see the plans on Monday.",
    ),
    "support-line": (
        "Support for the crane fell to nine per cent.",
        "If you enjoyed this summer, the pilots say, wait for the next.",
        "She had become a member of the board in 2011.",
    ),
    "separator": (
        "—",
        "A * marks the spot where the crane fell.",
        "- The first item of the agenda",
    ),
    "comments-line": (
        "Comments from the floor were not written down.",
        "Comment was not to be had from the mayor.",
        "Join the conversation at the pump any morning and you hear of it.",
    ),
    "lead-image-label": (
        "The lead image of the campaign was a crane.",
        "A hero photo, the sailors call it.",
        "Article lead images are kept in the cellar of the Bell.",
    ),
    "title-repeat": (
        "Harbour board votes to buy the second crane, and then the first falls.",
        "The harbour board votes to buy the second crane in the end.",
        "Harbour board votes to buy",
    ),
    "byline-repeat": (
        "By Monday the crane had gone.",
        "By Ida Brankovic’s count, nine cranes have fallen since the war.",
        "By the river, nobody slept.",
    ),
    "about-the-author": (
        "The mayor said of this newspaper’s reporter that Ida Brankovic is wrong.",
        "Tom Sallow’s boat is the last of its kind.",
        "Nobody who knows Ida Brankovic is surprised.",
    ),
    "contributed": (
        "She had contributed nothing to this town, he said, but a hat.",
        "The storm contributed its share.",
        "With the crane gone, the harbour is quiet.",
        "This report was commissioned by the board in March.",
        "This story was told to me by my grandmother.",
    ),
}
