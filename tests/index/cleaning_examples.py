"""Lines for each rule of the cleaner: what it must set aside. Prose is in ``cleaning_prose``.

In ``CLUTTER`` the passage to set aside stands between ⟦ and ⟧. Everything in here is invented.
"""

from __future__ import annotations

import re

TITLE = "Harbour board votes to buy the second crane"
AUTHORS = ("Ida Brankovic", "Tom Sallow")
# What the markup of a page said of some lines of its text.
LINKED = ("Nine things to know about the dock", "Mayor buys a hat", "Harbour news")
CAPTIONS = ("The crane in the spring of 1911", "Ms. Oduya, left, and the dog", "The hat")


def unmarked(example: str) -> tuple[str, list[str]]:
    """An example without its marks, and what stood between them."""
    return re.sub("[⟦⟧]", "", example), re.findall("⟦(.*?)⟧", example)


CLUTTER: dict[str, tuple[str, ...]] = {
    "bracketed-promotion": (
        "The vote was close.⟦ (RELATED: Mayor Mislays The Ceremonial Hat)⟧ It was held on Monday.",
        "The pier will shut in May.⟦ [READ MORE: How the pier came to lean]⟧ Nobody knows why.",
        "Ms. Oduya left the room.⟦ ( PHOTOS: The ten oldest cranes on the coast)⟧ She came back.",
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
        "The pumps failed.⟦ Advertisement Continue reading the main story⟧ The mayor slept on.",
    ),
    "listen-inline": (
        "⟦LISTEN TO ARTICLE 3:45 SHARE THIS ARTICLE Share Tweet Post Email⟧ The crane is late.",
        "⟦LISTEN TO ARTICLE 12:05⟧ Few ports have two cranes.",
        "The crane is late.⟦ LISTEN TO ARTICLE 0:59 SHARE THIS ARTICLE⟧ So is the barge.",
    ),
    "marked-caption": (
        "⟦The crane in the spring of 1911⟧",
        "⟦Ms. Oduya (left) and the dog.⟧",
        "⟦THE HAT⟧",
    ),
    "linked-line": (
        "⟦Nine things to know about the dock⟧",
        "⟦» Mayor buys a hat⟧",
        "⟦HARBOUR NEWS⟧",
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
        "⟦Correction: An earlier headline gave the crane 900 feet. It is 90 feet high.⟧",
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
    "player-notice": (
        "The crane moved. ⟦Your browser does not support the video tag.⟧ Nobody saw it move.",
        "⟦Your browser does not support the audio element.⟧ The bell rang nine times.",
        "It rang. ⟦Your browser does not support the audio.⟧",
    ),
    "player": (
        "⟦Scroll down for the video⟧",
        "⟦This player requires JavaScript to be shown⟧",
        "⟦Please enable JavaScript to see the crane⟧",
    ),
    "shouted-link": (
        "⟦READ MORE ABOUT THE CRANE AND ABOUT THE LAMP⟧",
        "⟦WATCH MORE FROM THE HARBOUR⟧",
        "⟦SEE MORE OF THE DOG⟧",
    ),
    "related-coverage": (
        "⟦Related Coverage Barge owner sues the tide for the second time⟧",
        "⟦Related Coverage Crane leans, mayor says it always did⟧",
        "⟦Related Coverage Board finds the missing tug in the dock⟧",
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
    "separator": ("⟦***⟧", "⟦• • •⟧", "⟦----------⟧"),
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
