"""Lines for each rule of the cleaner: what it must set aside, and prose that only looks alike.

In ``CLUTTER`` the passage to set aside stands between ⟦ and ⟧. ``PROSE`` must stay whole wherever
in an article it stands. Everybody and everything in here is invented.
"""

from __future__ import annotations

import re

TITLE = "Harbour board votes to buy the second crane"
STANDFIRST = "After nine hours of talk, Ellmouth will have two cranes and no money."
AUTHORS = ("Ida Brankovic", "Tom Sallow")


def unmarked(example: str) -> tuple[str, list[str]]:
    """An example without its marks, and what stood between them."""
    return re.sub("[⟦⟧]", "", example), re.findall("⟦(.*?)⟧", example)


CLUTTER: dict[str, tuple[str, ...]] = {
    "bracketed-promotion": (
        "The vote was close.⟦ (RELATED: Mayor Mislays The Ceremonial Hat)⟧ It was held on Monday.",
        "The pier will shut in May.⟦ [READ MORE: How the pier came to lean]⟧ Nobody knows for how long.",
        "Ms. Oduya left the room.⟦ ( PHOTOS: The ten oldest cranes on the coast)⟧ She came back at six.",
        "The tug was found.⟦ (Also on ELLMOUTH: A tug is lost)⟧ It had been moored all along.",
    ),
    "photo-bracket": (
        "The crane stood idle all week.⟦ (Photo: Rosa Lindqvist, The Ellmouth Bell)⟧ It rusted.",
        "Mr. Sallow held up the hat.⟦ (Photograph by Pim Aalders)⟧ The room applauded.",
        "The bridge was lit in green.⟦ (Image credit: City of Ellmouth)⟧ Ratepayers paid for it.",
    ),
    "embed-placeholder": (
        "He wrote it down at once.⟦ [embedtweet id=4471]⟧ By noon it was everywhere.",
        "⟦[caption id=attachment_12 align=left]⟧ The crane as it was in spring.",
        "The song lasts nine minutes.⟦ [youtube]⟧ No two listeners agree on it.",
        "⟦[/pullquote]⟧ The rest of the letter is lost.",
    ),
    "glued-continuation": (
        "“It leaks.”⟦Story continues below the video.⟧Huang said no more.",
        "The pumps failed at two.⟦ Story Continued Below⟧ The mayor slept on.",
        "The pumps failed. ⟦Advertisement Continue reading the main story⟧ The mayor slept on.",
    ),
    "listen-inline": (
        "⟦LISTEN TO ARTICLE 3:45 SHARE THIS ARTICLE Share Tweet Post Email⟧ The crane is late.",
        "⟦LISTEN TO ARTICLE 12:05⟧ Few ports have two cranes.",
        "The crane is late. ⟦LISTEN TO ARTICLE 0:59 SHARE THIS ARTICLE⟧ So is the barge.",
    ),
    "about-the-text": (
        "⟦This is a developing story. Check back for updates.⟧",
        "⟦This is a breaking news story and will be updated.⟧",
        "⟦This article originally appeared in the Ellmouth Bell.⟧",
        "⟦This essay was first published by the Crane Review.⟧",
    ),
    "photo-credit": (
        "⟦Rosa Lindqvist/Flickr (CC-BY-SA)⟧",
        "⟦Pim Aalders/Getty Images⟧",
        "⟦Ellmouth harbour office (Creative Commons)⟧",
        "⟦Photo by Rosa Lindqvist⟧",
        "⟦Image: City of Ellmouth⟧",
    ),
    "photo-caption": (
        "⟦FILE PHOTO: A crane is seen at the port of Ellmouth, March 3, 2019⟧",
        "⟦Enlarge this image toggle caption Rosa Lindqvist for the Bell⟧",
        "⟦Dock workers wait for the tide in Ellmouth on Monday. REUTERS/Pim Aalders⟧",
        "⟦Image copyright Ellmouth Bell Image caption The crane before it leaned⟧",
    ),
    "update-note": (
        "⟦Updated at 6:40 p.m.⟧",
        "⟦—Updated on March 3, 2019 at 11:05 a.m. ET⟧",
        "⟦Posted on Feb 14, 2022   Updated on May 25, 2023, 12:15 am CDT⟧",
        "⟦*First Published: Feb 14, 2022, 11:17 am CST⟧",
        "⟦This story was updated on 4 May 2021, 09:30 GMT⟧",
    ),
    "correction": (
        "⟦Correction: An earlier headline gave the crane a height of 900 feet. It is 90 feet high.⟧",
        "⟦CLARIFICATION (May 3, 2021): The hat belongs to the city, not to the mayor.⟧",
        "⟦Editor’s note: The name of the tug was misspelled in the print edition.⟧",
        "⟦An earlier version of this article misstated the depth of the dock.⟧",
        "⟦This story has been corrected to say that the pier is made of wood.⟧",
    ),
    "reporting-credit": (
        "⟦(Reporting by Ida Brankovic; Editing by Pim Aalders)⟧",
        "⟦(Additional reporting by Rosa Lindqvist in Ellmouth)⟧",
        "⟦Reporting by Ida Brankovic; editing by Pim Aalders⟧",
    ),
    "contact-line": (
        "⟦Write to Ida Brankovic at ida.brankovic@ellmouth-bell.example⟧",
        "⟦Contact the reporter: tom@ellmouth-bell.example or 555 0100⟧",
        "⟦Email harbour@ellmouth-bell.example with tips.⟧",
    ),
    "advertisement": (
        "⟦Advertisement⟧",
        "⟦ADVERTISEMENT⟧",
        "⟦— Advertisement —⟧",
        "⟦Anzeige⟧",
        "⟦Sponsored content⟧",
    ),
    "continued": (
        "⟦Story continues below⟧",
        "⟦(Article continues below the gallery)⟧",
        "⟦Continue reading the main story⟧",
        "⟦Text continues after the map⟧",
    ),
    "share-line": (
        "⟦Share this article⟧",
        "⟦Share this: Facebook Twitter Pocket⟧",
        "⟦Facebook Twitter Email⟧",
        "⟦Read or share this story: http://ellm.example/2bQ⟧",
        "⟦12 | Share on Facebook | Tweet⟧",
    ),
    "listen-line": (
        "⟦Listen to article⟧",
        "⟦Listen to this article 4:10⟧",
        "⟦Listen to article 2:31 Share this article Share Tweet⟧",
    ),
    "newsletter": (
        "⟦Sign up for our morning newsletter⟧",
        "⟦Get the day’s top stories delivered to your inbox⟧",
        "⟦Subscribe to the Bell’s breaking news alerts⟧",
        "⟦Enter your email to receive our daily briefing⟧",
    ),
    "related-line": (
        "⟦Related: Crane leans, mayor says it always did⟧",
        "⟦READ MORE: Nine things to know about the dock⟧",
        "⟦More: Council finds the missing tug⟧",
        "⟦SEE ALSO: Barge owner sues the tide⟧",
        "⟦More On This...⟧",
    ),
    "bracketed-related-line": (
        "⟦(Related: Crane leans again)⟧",
        "⟦[Watch: the crane comes down]⟧",
        "⟦(See also: Mayor buys a hat)⟧",
    ),
    "follow-line": (
        "⟦Follow us on Twitter and Facebook⟧",
        "⟦Follow Ida Brankovic on Twitter: @idabrankovic⟧",
        "⟦Follow @ellmouthbell⟧",
        "⟦Like us on Facebook⟧",
    ),
    "app-line": (
        "⟦CLICK HERE TO GET THE ELLMOUTH BELL APP⟧",
        "⟦Download our free app for Ellmouth news⟧",
        "⟦Click here for the Bell app⟧",
    ),
    "click-here": (
        "⟦Click here to read the full report⟧",
        "⟦Click here for more pictures of the crane⟧",
        "⟦Click here to subscribe⟧",
    ),
    "copyright": (
        "⟦© 2021 The Ellmouth Bell⟧",
        "⟦Copyright 2019 Bell Media. All rights reserved.⟧",
        "⟦The Ellmouth Bell. All rights reserved. No part may be copied.⟧",
    ),
    "slideshow": (
        "⟦Slideshow (5 Images)⟧",
        "⟦View gallery⟧",
        "⟦Open all photos⟧",
    ),
    "age-of-article": (
        "⟦This article is more than 3 years old⟧",
        "⟦5 hours ago⟧",
        "⟦4 min read⟧",
    ),
    "interest-line": (
        "⟦Interested in Harbours? Add Harbours as an interest to stay up to date.⟧",
        "⟦Interested in Cranes and Docks? Follow this topic for more.⟧",
        "⟦Interested in local politics? Add it to your front page.⟧",
    ),
    "support-line": (
        "⟦Support Ellmouth journalism: give what you can.⟧",
        "⟦If you enjoyed this article, consider a gift to the Bell.⟧",
        "⟦Become a member today and keep the presses running⟧",
        "⟦Donate now⟧",
    ),
    "separator": ("⟦***⟧", "⟦_____⟧", "⟦• • •⟧", "⟦----------⟧"),
    "comments-line": (
        "⟦Comments⟧",
        "⟦27 comments⟧",
        "⟦Leave a reply⟧",
        "⟦Join the conversation⟧",
    ),
}

# Rules that only hold in the first lines of a text, or in the last.
HEAD_CLUTTER: dict[str, tuple[str, ...]] = {
    "lead-image-label": (
        "⟦Article Lead Image⟧",
        "⟦Featured image⟧",
        "⟦HERO PHOTO⟧",
    ),
    "title-repeat": (
        "⟦Harbour board votes to buy the second crane⟧",
        "⟦HARBOUR BOARD VOTES TO BUY THE SECOND CRANE⟧",
        "⟦“Harbour board votes to buy the second crane”⟧",
    ),
    "standfirst-repeat": (
        "⟦After nine hours of talk, Ellmouth will have two cranes and no money.⟧",
        "⟦After nine hours of talk, Ellmouth will have two cranes — and no money⟧",
        "⟦AFTER NINE HOURS OF TALK, ELLMOUTH WILL HAVE TWO CRANES AND NO MONEY⟧",
    ),
    "byline-repeat": (
        "⟦By Ida Brankovic and Tom Sallow⟧",
        "⟦By IDA BRANKOVIC, Staff Writer⟧",
        "⟦By Tom Sallow | March 3, 2019, 11:05 am⟧",
    ),
}
FOOT_CLUTTER: dict[str, tuple[str, ...]] = {
    "about-the-author": (
        "⟦Ida Brankovic covers the harbour for the Bell.⟧",
        "⟦Tom Sallow is a writer in Ellmouth.⟧",
        "⟦— Ida Brankovic can be reached by post only.⟧",
    ),
    "contributed": (
        "⟦Rosa Lindqvist contributed to this report.⟧",
        "⟦Pim Aalders and Rosa Lindqvist contributed reporting from the dock.⟧",
        "⟦With reporting by Rosa Lindqvist⟧",
        "⟦(With files from Pim Aalders)⟧",
    ),
}

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
    "bracketed-related-line": (
        "(Related by marriage, they have not spoken since.)",
        "(The photos were lost in the flood.)",
        "[The more expensive crane is the one that leans.]",
    ),
    "follow-line": (
        "The captain asked people to follow her to the boats.",
        "Follow the river down and you come to Ellmouth.",
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
        "The harbour board votes to buy the second crane.",
        "Harbour board votes to buy",
    ),
    "standfirst-repeat": (
        "After nine hours of talk, Ellmouth will have two cranes and no money, the clerk wrote.",
        "Ellmouth will have two cranes and no money.",
        "After nine hours of talk.",
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
    ),
}
