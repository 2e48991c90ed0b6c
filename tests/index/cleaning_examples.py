"""Lines for each rule of the cleaner: what it must set aside. Prose is in ``cleaning_prose``.

The passage to set aside stands between ⟦ and ⟧; what another rule takes with it, between ⟪ and ⟫.
Everything in here is invented. A rule for one outlet is tried as that outlet, any other as
``OUTLET``.
"""

from __future__ import annotations

import re

OUTLET = "ellmouth bell"
TITLE = "Harbour board votes to buy the second crane"
AUTHORS = ("Ida Brankovic", "Tom Sallow")
# What the markup of a page said of some lines of its text.
LINKED = ("Nine things to know about the dock", "Mayor buys a hat", "Harbour news")
CAPTIONS = ("The crane in the spring of 1911", "Ms. Oduya, left, and the dog", "The hat")


def unmarked(example: str) -> tuple[str, list[str]]:
    """An example without its marks, and what stood between them."""
    return re.sub("[⟦⟧⟪⟫]", "", example), re.findall("(?s)⟦(.*?)⟧", example)


def taken_by_others(example: str) -> list[str]:
    return re.findall("⟪(.*?)⟫", example)


CLUTTER: dict[str, tuple[str, ...]] = {
    "bracketed-promotion": (
        "The vote was close.⟦ (RELATED: Mayor Mislays The Ceremonial Hat)⟧ It was held on Monday.",
        "The pier will shut in May.⟦ [READ MORE: How the pier came to lean]⟧ Nobody knows why.",
        "Ms. Oduya left the room.⟦ ( PHOTOS: The ten oldest cranes on the coast)⟧ She came back.",
        "The tug was found.⟦ (For more on tugs and our harbour blog, go to  here )⟧ It floats.",
        "The tug was found.⟦ (Also on ELLMOUTH: A tug is lost)⟧ It had been moored all along.",
        "It leans.⟦ (To read the letter, see:  here )⟧⟦ (For the tide:  bell.blog/tide )⟧",
        "It leans.⟦ (To access stories on cranes click on <ELL/CRANES>)⟧ Nobody knows why.",
    ),
    "terminal-pointer": (
        "It sank.⟦ For a timeline of the crane, please double-click on [nELL408159]⟧ It is gone.",
        "It sank.⟦ For a graphic of the crane, click:  here⟧ It had leaned since 1911.",
        "It sank.⟦ For the harbour's tables, please click on <ELL/CRANE>⟧ It had leaned.",
        "It sank.⟦ For a related graphic, click link.reuters.com/qak85s⟧ It had leaned.",
        "It sank.⟦ For details of the sale, double click on nL5174249⟧ (By the desk)",
        "⟦To view the stories and pictures, double click on the following link: here⟧ Below it is",
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
    "tweet-link": (
        "The lamp is lit.⟦pic.twitter.com/3abCdefGhi⟧ — Ann Oduya (@annoduya) May 3, 2019",
        "See our new website⟦https://t.co/ZAbcdE1ee2⟧ — Ann Oduya (@annoduya) May 3, 2019",
        "It leans!⟦ https://t.co/ZAbcdE1ee2⟧⟦pic.twitter.com/3abCdefGhi⟧#crane, he wrote.",
        "It leans@dock⟦pic.twitter.com/3abCdefGhi⟧ http://t.co/O1Fabcde says the mayor.",
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
    "glued-label": (
        "⟦Crane vote:What to know before Monday⟧",
        "⟦Inside the harbour:'It leans,' pilots say of the crane: Will it fall?⟧",
        "⟦OUR VIEW:The board blows it. What a racket.⟧",
    ),
    "footnote-mark": (
        "It leaned in 1911⟦[4]⟧ and leans now.⟦[5][6]⟧ Pilots,⟦[ citation needed ]⟧ say so.",
        "It fell⟦[1]⟧ on us.⟦[2]⟧ “It fell,”⟦[3]⟧ she said.⟦[1]⟧",
        "History⟦ [ edit ]⟧\n\nIt leaned.⟦[4]⟧ It leans.⟦[5]⟧",
    ),
    "about-the-text": (
        "⟦This is a developing story. Check back for updates.⟧",
        "⟦This is a breaking news story and will be updated.⟧",
        "⟦This article originally appeared in the Ellmouth Bell.⟧",
        "⟦This essay was first published by the Crane Review.⟧",
        "⟦Who is Ann Oduya? originally appeared on bell.example⟧",
        "⟦Reprinted from Tidewire with permission from the Bell. Its news is at bell.example⟧",
    ),
    "photo-credit": (
        "⟦Rosa Lindqvist/Flickr (CC-BY-SA)⟧",
        "⟦Pim Aalders/Getty Images⟧",
        "⟦Ellmouth harbour office (Creative Commons)⟧",
        "⟦Photo by Rosa Lindqvist⟧",
        "⟦Image: City of Ellmouth⟧",
        "⟦(Rosa Lindqvist/Reuters)⟧",
        "⟦Rosa Lindqvist for The New York Times⟧",
        "⟦Source: Ellmouth Harbour Office⟧",
    ),
    "gallery-slide": (
        "⟦The mayor and the dog on the quay in Sarn, in the spring of 2016.⟧\n\n"
        "⟦The mayor and the dog on the quay in Sarn, in the spring of 2016.⟧\n\n"
        "⟦The crane at low tide in 2017, when it still stood upright at noon.⟧\n\n"
        "⟦The crane at low tide in 2017, when it still stood upright at noon.⟧",
        "⟦A pilot looks at the lamp that was put up for him in the year 2018.⟧\n"
        "⟦A pilot looks at the lamp that was put up for him in the year 2018.⟧\n"
        "⟦The second crane on its barge, which nobody has seen since that day.⟧\n"
        "⟦The second crane on its barge, which nobody has seen since that day.⟧",
        "⟦The dog, after the vote, with the hat of the mayor in its mouth, asleep.⟧\n\n"
        "⟦The dog, after the vote, with the hat of the mayor in its mouth, asleep.⟧\n\n"
        "The board went home.\n\n"
        "⟦The board, which went home on foot that night, is seen here on the quay.⟧\n\n"
        "⟦The board, which went home on foot that night, is seen here on the quay.⟧",
    ),
    "photo-caption": (
        "⟦The mayor and the dog on the quay in Sarn, Norland"
        " Rosa Lindqvist—The New York Times/Redux⟧",
        "⟦The mayor speaks on the quay in Sarn, May 18, 2019. (Rosa Lindqvist/Reuters)⟧",
        "⟦The mayor and the dog in 2016 (Reuters/Rosa Lindqvist)⟧",
        "⟦Pilots wait for the tide. (Rosa Lindqvist/The Ellmouth Bell via AP)⟧",
        "⟦The quay at low tide. (Ellmouth Harbour Board via AP)⟧",
        "⟦The lamp on Monday. Picture taken May 7. REUTERS/Pim Aalders/Illustration⟧",
        "⟦The lamp, May 18, 2019. (Pim Aalders/TIDE/ELB/GRC via AP)⟧",
        "⟦A pilot looks at the lamp on Monday. (AP Photo/Pim Aalders) More⟧",
        "⟦A pilot with the lamp. (Rosa Lindqvist/CQ Roll Call file photo)⟧",
        "⟦The crane before it leaned. (Photo: Rosa Lindqvist, The Ellmouth Bell)⟧",
        "⟦The mayor with a hat. (Photo: Creative Works (Rosa Lindqvist))⟧",
        "⟦Crews wait for the tide on Monday. Rosa Lindqvist/Getty Images⟧",
        "⟦Mr. Sallow with the hat. | AP Photo⟧",
        "⟦The dog, after the vote. (AP Photo/Pim Aalders, File)⟧",
        "⟦Facebook Twitter Pinterest The dock at low tide. Photograph: Pim Aalders/EPA⟧",
        "⟦The second crane on its barge. Photographer: Rosa Lindqvist/Bloomberg⟧",
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
    "credit-in-last-paragraph": (
        "It is to fall in May.⟦ (Reporting by Ida Brankovic; Editing by Pim Aalders)⟧",
        "Nobody was hurt.⟦ (Additional reporting by Rosa Lindqvist in Ellmouth)⟧",
        "The board sits again on Monday.⟦ (Editing by Pim Aalders and Tom Sallow)⟧",
        "It is to fall in May.⟦ (Reporting By  Ida Brankovic ; Editing by  Pim Aalders )⟧",
        "It fell.⟦ (Reporting by Ida Brankovic; editing by Pim Aalders)⟧ ($1=0.7 euro)",
        "It fell.⟦ (Additional reporting by Rosa Lindqvist)⟧⟦ (Editing by Pim Aalders)⟧",
        "It fell.⟦ (Reporting by Ida Brankovic (in Ellmouth) and Tom Sallow; editing by Rosa⟧",
        "It fell.⟦ (With additional reporting by Rosa Lindqvist)⟧",
        "It fell.⟦ (Polling by Ida Brankovic; Editing by Pim Aalders)⟧",
        "It fell.⟦ Reporting by Ida Brankovic, writing by Tom Sallow; Editing by Pim Aalders⟧",
    ),
    "correction": (
        "⟦Correction: An earlier headline gave the crane 900 feet. It is 90 feet high.⟧",
        "⟦CLARIFICATION (May 3, 2021): The hat belongs to the city, not to the mayor.⟧",
        "⟦Editor’s note: The name of the tug was misspelled in the print edition.⟧",
        "⟦Corrections & Clarifications: The crane is 90 feet high and has one hook.⟧",
        "⟦The tug has one mast. An earlier version of this article incorrectly gave it two.⟧",
        "⟦An earlier version of this article misstated the depth of the dock.⟧",
        "⟦This story has been corrected to say that the pier is made of wood.⟧",
    ),
    "reporting-credit": (
        "⟦(Reporting by Ida Brankovic; Editing by Pim Aalders)⟧",
        "⟦(Additional reporting by Rosa Lindqvist in Ellmouth)⟧",
        "⟦Reporting by Ida Brankovic; editing by Pim Aalders⟧",
        "⟦Reporting by Ida Brankovic and Pim Aalders⟧",
    ),
    "contact-line": (
        "⟦Write to Ida Brankovic at ida.brankovic@ellmouth-bell.example⟧",
        "⟦Contact the reporter: tom@ellmouth-bell.example or 555 0100⟧",
        "⟦Email harbour@ellmouth-bell.example with tips.⟧",
        "⟦• Rosa Lindqvist keeps a lighthouse. She can be reached at [email protected].⟧",
    ),
    "advertisement": (
        "⟦Advertisement⟧",
        "⟦ADVERTISEMENT⟧",
        "⟦— Advertisement —⟧",
        "⟦Anzeige⟧",
        "⟦Sponsored content⟧",
        "⟦Advertisement Advertisement⟧",
        "⟦AD⟧",
    ),
    "continued": (
        "⟦Story continues below⟧",
        "⟦(Article continues below the gallery)⟧",
        "⟦Continue reading the main story⟧",
        "⟦Text continues after the map⟧",
        "⟦Story Continued Below⟧",
    ),
    "highlights-box": (
        "⟦Story highlights Board buys a second crane⟧\n⟦The first one leans toward the U.S.⟧\n"
        "⟦Will the second lean too?⟧\n⟦A pilot: “It will”⟧\nThe board of the harbour sat.",
        "⟦Story highlights⟧\n\n⟦Nine boats are lost⟧\n\n⟦Nobody can say who is to pay⟧",
        "⟦STORY HIGHLIGHTS⟧\n\n⟦Nine boats are lost⟧\n\nWho is to pay?\n\nNobody can say, he said.",
        "⟦Story highlights ⟧Board buys a second crane The first one leans The board of the harbour"
        " sat on Monday from nine in the morning until six, and a dog was asked to leave the room.",
        "⟦Story highlights The board of the harbour says that the second crane was never going to"
        " be like the first, which leaned from the day on which it was put up⟧\n⟦It is sold⟧\n"
        "The board sat on Monday.",
        "⟦Story highlights Nine boats are lost⟧\n\nThe tide took them on Monday.\n\nTen boats stay",
    ),
    "explainer-controls": (
        "⟦Q&A ⟧Why does the crane lean?⟦ Show Hide⟧ It was bought in 1911.",
        "⟦Profile ⟧Ann Oduya⟦ Show Hide⟧ Born in Sarn.",
        "⟦Quick guide ⟧The hat of the mayor⟦ Show Hide⟧",
        "The hat of the mayor⟦ Show Hide⟧ It was found on the quay.",
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
        "⟦Crane Leans, Board Says So Crane Leans, Board Says So Listen · 3:16 3:16⟧",
    ),
    "newsletter": (
        "⟦Sign up for our morning newsletter⟧",
        "⟦Get the day’s top stories delivered to your inbox⟧",
        "⟦Subscribe to the Bell’s breaking news alerts⟧",
        "⟦Enter your email to receive our daily briefing⟧",
        "⟦The tide, in your inbox every morning. Sign up here.⟧",
        "⟦The Bell is a nonprofit newsroom for the coast. Sign up to get our biggest stories.⟧",
    ),
    "related-line": (
        "⟦Related: Crane leans, mayor says it always did⟧",
        "⟦READ MORE: Nine things to know about the dock⟧",
        "⟦More: Council finds the missing tug⟧",
        "⟦SEE ALSO: Barge owner sues the tide⟧",
        "⟦More On This...⟧",
        "⟦SPECIAL COVERAGE: A guide to the second crane⟧",
        "⟦Read more about the crews on the quay⟧",
        "⟦SLIDESHOW: The crane through the years >>>⟧",
        "⟦Listen to the bell here »⟧",
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
        "⟦Loading...⟧",
        "⟦JUST WATCHED Crane leans Replay More Videos ... MUST WATCH Crane leans 01:12⟧",
    ),
    "shouted-link": (
        "⟦READ THE BOARD'S LETTER TO THE PILOTS⟧",
        "⟦WATCH MORE FROM THE HARBOUR⟧",
        "⟦VIDEO: A LOOK AT THE CRANE WITH THE LAMP LIT⟧",
    ),
    "labelled-headline": (
        "⟦Related Coverage Barge owner sues the tide for the second time⟧",
        "⟦Related Coverage Crane leans, mayor says it always did⟧",
        "⟦Related Why the tide is late in Ellmouth this year⟧",
        "⟦READ Why the Second Crane Came by Barge and Not by Rail⟧",
        "⟦Recommended The Truth About the Lamp Ida Brankovic⟧",
    ),
    "read-in-full": (
        "⟦Read the full story⟧",
        "⟦Read the full report of the board here.⟧",
        "⟦Read the whole letter below:⟧",
        "⟦READ FULL LETTERS HERE⟧",
        "⟦Read the harbour master’s blog here⟧",
    ),
    "listed-link": (
        "⟪READ MORE:⟫\n\n⟦Crane Leans for the Ninth Year⟧\n\n⟦Nobody Knows Who Owns the Tug⟧",
        "⟪Related stories:⟫\n\n⟦Barge owner sues the tide, and the moon⟧",
        "⟪Read more from The Bell:⟫\n\n⟦Who paid for the lamp on the pier?⟧",
        "⟪More On This...⟫\n\n⟦Pilots ask for a lamp⟧\n\n⟦The bell will ring in May⟧",
    ),
    "insight-block": (
        "⟪DON'T MISS⟫\n\n⟦The crane that would not stand up [INSIGHT]⟧"
        "\n\n⟦Mayor mislays ceremonial hat in the fog [VIDEO]⟧"
        "\n\n⟦Ellmouth harbour: what it cost to light the pier [ANALYSIS]⟧",
        "⟪Don’t miss...⟫\n\n⟦Pilots furious at the price of a bell [LATEST]⟧",
        "⟪DON’T MISS:⟫\n\n⟦Nine boats lost in one night [PICTURES]⟧",
    ),
    "capitals-link": (
        "⟦BOARD BUYS SECOND CRANE AFTER FIRST ONE LEANS⟧",
        "⟦MAYOR SAYS HE 'NEVER SAW' THE HAT OR THE DOG⟧",
        "⟦IDA BRANKOVIC: WHAT THE BOARD WILL NOT SAY ABOUT THE LAMP⟧",
        "⟦WHO WILL PAY FOR THE BELL ON THE PIER?⟧",
    ),
    "bracketed-related-line": (
        "⟦(Related: Crane leans again)⟧",
        "⟦[Watch: the crane comes down]⟧",
        "⟦(See also: Mayor buys a hat)⟧",
    ),
    "film-caption": (
        "⟦Media playback is unsupported on your device Media caption The crane comes down⟧",
        "⟦Media playback is unsupported on your device⟧",
        "⟦Play Video 1:23 Pilots cross the bar in the fog – video⟧",
        "⟦CLOSE The board of Ellmouth voted on Monday to buy a second crane. Bell Video⟧",
    ),
    "gallery-caption": (
        "⟦Photos: The cranes of Ellmouth Photos: The cranes of Ellmouth The first crane, in 1911.⟧",
        "⟦Photos: Photos: Nine boats Photos: Photos: Nine boats The boats at noon. Hide"
        " Caption 1 of 9 Photos: Photos: Nine boats The boats at night.⟧",
        "⟦Hide Caption 3 of 9 Photos: The cranes of Ellmouth The second crane on its barge.⟧",
    ),
    "whose-opinion": (
        "⟦The opinions expressed by columnists are their own and not those of the Bell.⟧",
        "⟦The views expressed in this article do not necessarily reflect those of the board.⟧",
        "⟦Rosa Lindqvist keeps a lighthouse. The opinions expressed in this commentary are hers.⟧",
        "⟦• Views expressed here are the writer’s and nobody else’s.⟧",
    ),
    "editors-note": (
        "⟦Editor’s note: Rosa Lindqvist keeps the light at Ellmouth and has written two novels.⟧",
        "⟦EDITOR'S NOTE — This is the third of five articles on cranes.⟧",
        "⟦Editor’s note: As a service to pilots, our tide tables are free.⟧",
        "⟦Editors’ note: Some names in this story are left out at the request of the crews.⟧",
    ),
    "poll-line": (
        "⟦Is the second crane a waste of money? Vote Here Now⟧",
        "⟦Do you trust the harbour board? Vote now in urgent poll⟧",
        "⟦Urgent:⟧",
        "⟦Latest: Should the pier be lit? Vote here.⟧",
    ),
    "reader-call": (
        "⟦Send letters to letters@ellmouth-bell.example.⟧",
        "⟦Send us your questions⟧",
        "⟦Please include a contact number if you are willing to speak to a reporter.⟧",
        "⟦Got a question? Ask Ida: ida@ellmouth-bell.example⟧",
        "⟦Help us report on the pier. Are you a pilot, a docker or a dog? Tell us about it.⟧",
    ),
    "share-stack": (
        "⟦Print⟧\n\n⟦Email⟧\n\n⟦WhatsApp⟧",
        "⟦Flipboard⟧\n\n⟦Pinterest⟧",
        "⟦Click to share on Reddit (Opens in new window)⟧\n\n⟦Telegram⟧",
    ),
    "media-label": ("⟦Photo⟧", "⟦VIDEO⟧", "⟦CLOSE⟧", "⟦YouTube⟧"),
    "markup-scrap": (
        '⟦poster="https://film.ellmouth-bell.example/crane-1.jpg?id=9"⟧',
        '⟦poster="//film.ellmouth-bell.example/2.jpg" ⟧The crane fell at nine.',
        '⟦class="wide" data-crane="second"⟧',
    ),
    "archive-menu": (
        "⟦Harbour Blog Archives Select Date… May, 2015 April, 2015⟧",
        "⟦On Cranes archives select date June 2019 May 2019⟧",
        "⟦The Tide Table Archives Select Date⟧",
    ),
    "read-more-box": (
        "⟦Mayor buys second hat as first one is found Read more⟧",
        "⟦Who paid for the lamp on the pier? | Rosa Lindqvist Read more⟧",
        "⟦‘It always leaned’: the crane nobody wanted Read more⟧",
    ),
    "podcast-line": (
        "⟦Listen to The Tide, Explained⟧",
        "⟦Listen to Harbour Days⟧",
        "⟦Looking for a quick way to keep up with the tide? Our host will tell you at dusk.⟧",
    ),
    "spaced-bracket-link": (
        "⟦( Full 2014 harbour results)⟧",
        "⟦( The Bell's full coverage of cranes)⟧",
        "⟦( Quiz: Do you know your tug?)⟧",
    ),
    "bbc-line": (
        "⟦Did you see the crane fall? Tell us by emailing haveyoursay@bbc.co.uk.⟧",
        "⟦Are you on the pier? haveyoursay@bbc.co.uk⟧",
        "⟦Have you lost a dog? Share your story by emailing haveyoursay@bbc.co.uk today.⟧",
    ),
    "cnn-line": (
        "⟦- Check out the CNN Crane Map and make your own forecast.⟧",
        "⟦Read CNNHarbour's new magazine.⟧",
        "⟦Watch Pier of the Nation with Ida Brankovic Sundays at 9am ET.⟧",
    ),
    "nation-line": (
        "⟦Travel With The Nation to the harbours of the world. Book a berth.⟧",
        "⟦Fight Back! Sign up for Crane Action and we will send you three things to do.⟧",
        "⟦Sign up for our Wine Club today. Drink for the harbour.⟧",
    ),
    "agency-line": (
        "⟦Catch up on the harbour election with AP experts on our weekly podcast.⟧",
        "⟦Catch up on the season with AP experts.⟧",
        "⟦Catch up on the race for the pier with AP experts every Friday⟧",
    ),
    "series-line": (
        "⟦POLICING THE USA: A look at race, justice, media⟧",
        "⟦• A daily summary of global reports on harbour issues.⟧",
        "⟦A daily roundup of crane and harbour issues.⟧",
    ),
    "sign-up-form": (
        "⟦Get our Harbour Letter. Sign up for news of the quay. Choose your country Ellmouth"
        " Norland Sarn Please enter a valid email address. Please check to proceed. Sign Up Now You"
        " may unsubscribe at any time.⟧",
        "⟦Join us. Your email address Please select a region North South I agree to the Terms of"
        " Service and the Privacy Notice. Subscribe⟧",
        "⟦Enter your e-mail address Subscribe You can unsubscribe whenever you like. Thank you! We"
        " have sent a confirmation e-mail: please look into your spam folder.⟧",
    ),
    "opinion-pages": (
        "⟦In addition to its own editorials, The Bell publishes opinions from people on the quay."
        " To read more columns like this, go to the back page.⟧",
        "⟦To read more columns like this, go to the back page.⟧",
        "⟦For more stories like these, visit the harbour’s own pages.⟧",
        "⟦You can read diverse opinions from our board of pilots and from others on the back"
        " page.⟧",
    ),
    "repeated-paragraph": (
        "The lamp of the second crane is the only one on the coast that can be seen from Sarn.\n\n"
        "⟦The lamp of the second crane is the only one on the coast that can be seen from Sarn.⟧",
        "“Nobody has ever paid for a lamp in this town, and nobody is ever going to,” he said.\n"
        "⟦“Nobody has ever paid for a lamp in this town, and nobody is ever going to,” he said.⟧",
        "Advertisement".join(("⟪", "⟫\n\n"))
        + "It was the hat of the clerk that had the two sheets in it, and not that of the mayor."
        "\n\n⟦It was the hat of the clerk that had the two sheets in it, and not that of the"
        " mayor.⟧",
    ),
    "pull-quote": (
        "⟦The lamp of the second crane is the only one that can be seen from Sarn⟧\n\n“The lamp of"
        " the second crane is the only one that can be seen from Sarn,” she said on the quay.",
        "So it was.\n“Nobody has paid for a lamp in this town, and nobody will,” he said on Monday"
        " night.\n⟦“Nobody has paid for a lamp in this town, and nobody will.”⟧",
        "⟦— It was the hat of the clerk that had the two sheets in it that night⟧\n\nMuch later"
        " they knew: It was the hat of the clerk that had the two sheets in it that night.",
    ),
    "house-address": (
        "⟦If you would like to suggest a correction to this piece, please e-mail"
        " corrections@ellmouthbell.example.⟧",
        "⟦If you have a claim you would like to see weighed, please send us an email at"
        " scales@news.ellmouth-bell.co.uk. If you want to write to Ida Brankovic, write to"
        " ida@theellmouthbell.example.⟧",
        "⟦If you know more of the crane, please contact the desk at desk@bell.example⟧",
    ),
    "follow-line": (
        "⟦Follow us on Twitter and Facebook⟧",
        "⟦Follow Ida Brankovic on Twitter: @idabrankovic⟧",
        "⟦Follow @ellmouthbell⟧",
        "⟦Like us on Facebook⟧",
        "⟦- Follow the Pilot on Twitter: @EllmouthPilot⟧",
        "⟦Follow our coverage of the crane at https://bell.example/crane⟧",
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
        "⟦Click for more from the Ellmouth Bell.⟧",
        "⟦Don't see the map? Click here.⟧",
    ),
    "copyright": (
        "⟦© 2021 The Ellmouth Bell⟧",
        "⟦Copyright 2019 Bell Media. All rights reserved.⟧",
        "⟦All rights reserved by the Ellmouth Bell. No part may be copied.⟧",
    ),
    "slideshow": (
        "⟦Slideshow (5 Images)⟧",
        "⟦View gallery⟧",
        "⟦Open all photos⟧",
        "⟦prev Image 2 of 4⟧",
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
        "⟦To help keep this news free, become a member.⟧",
    ),
    "separator": ("⟦***⟧", "⟦• • •⟧", "⟦----------⟧", "⟦___⟧", "⟦191129145046395⟧"),
    "comments-line": (
        "⟦Leave a comment and let us know!⟧",
        "⟦27 comments⟧",
        "⟦Leave a reply⟧",
        "⟦Join the conversation⟧",
    ),
}

# Rules that only hold in the first lines of a text, or in the last.
HEAD_CLUTTER: dict[str, tuple[str, ...]] = {
    "caption-before-headline": (
        "⟦The vote was close. | AP Photo⟧ ⟪Board buys a second crane⟫",
        "⟦Ms. Oduya said so. | Rosa Lindqvist/Getty Images⟧ Harbour The crane that leans.",
        "⟦Mr. Sallow and the dog. | REUTERS⟧ ⟪Nine boats and a hat⟫",
    ),
    "caption-of-head": (
        "⟦Ms. Oduya left the room before the vote on Monday.⟧ ⟪Board to buy the second crane⟫",
        "⟦“It leans,” Mr. Sallow says.⟧ ⟪Harbour board votes on crane⟫",
        "⟦Ida Marsh, Tom Sallow, a dog⟧ ⟪Harbour board votes to buy the second crane⟫"
        " A new one will come by barge, and nobody has said who is to pay for it",
        "⟦The quay at dawn. Rosa Lindqvist/AFP/Getty Images⟧"
        " ⟪Harbour Harbour board votes to buy the second crane⟫ Nobody knows what it will lift.",
    ),
    "headline-of-head": (
        # behind a caption, in a shorter form too
        "⟪It is the second in a hundred years, and will come by barge.⟫"
        " ⟦Harbour board votes to buy the second crane⟧",
        "⟪The first one leans, which nobody has been able to explain.⟫ ⟦Board buys second crane⟧",
        # before the standfirst, behind a label of its section or of nothing
        "⟦Harbour board votes to buy the second crane⟧ Nobody has said who is to pay for it.",
        "⟦Coast Harbour board votes to buy the second crane⟧ ‘It will lean too,’ a pilot says.",
        'video="crane-1911" ⟦Coast Harbour board votes to buy the second crane⟧ Nobody paid.',
        'video="crane-1911" ⟦Harbour board votes to buy the second crane⟧',
        # in other words
        "⟦Harbour board to buy the second crane⟧",
    ),
    "desk-note": (
        "⟦(Adds details, updates tides paras 2-3, 9-11)⟧",
        "⟦(Recasts with the vote, adds pilots’ comments; changes dateline,\nprevious SARN)⟧",
        "⟦(Adds reaction (nine pilots))⟧      By  Rosa Lindqvist      SARN, May 3 - It fell.",
        "⟦(Updates with the number of lamps and of pilots⟧",
        "⟦(Repeats story first sent on Friday)⟧",
        "⟦(This story adds a dropped word in headline)⟧",
        "It fell, he said.⟦ (This story was refiled to add a dropped word)⟧",
        "⟦(The following statement was released by the harbour board)⟧ Overview",
        "⟦(Language in fourth and ninth paragraphs may offend some readers)⟧",
        "⟦(Please be advised that paragraph 6 holds language some readers may not like)⟧",
    ),
    "desk-correction": (
        "⟦(Corrects height of the crane in paragraph 4 to 31 metres, not 13)⟧",
        "⟦(Company corrects date of the barge)⟧",
        "⟦(In Monday item, corrects name of the dog)⟧",
        "⟦(This version of the May 3 story corrects paragraph 8 to show that it sank)⟧",
        "⟦(Refiles to fix the name of the tug in paragraph 2)⟧",
        "“It fell.”⟦ (This story has been modified to correct the name of the tug)⟧",
        "It fell.⟦ (this story corrects paragraph 2 to show that it sank)⟧",
        "⟦(Please read in first paragraph nine lamps instead of ninety)⟧",
    ),
    "genre": ("⟦ANALYSIS/OPINION:⟧", "⟦Opinion⟧", "⟦COMMENTARY⟧", "⟦Analysis:⟧"),
    "outlet-line": ("⟦ELLMOUTH BELL⟧", "⟦Ellmouth Bell⟧", "⟦EllmouthBell⟧"),
    "contributor-label": (
        "⟦Special for USA TODAY⟧",
        "⟦Opinion contributor⟧",
        "⟦The Editorial Board⟧",
    ),
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
    "byline-of-dateline": (
        "⟦By Rosa Lindqvist⟧ ELLMOUTH, Norland (Reuters) - The second crane came on Monday.",
        "⟦By  Rosa Lindqvist  and Pim van Aalders⟧  SARN/ELLMOUTH  (Reuters) - It leans.",
        "⟦By Tom A. Sallow⟧ ELLMOUTH, March 3 (AP) — The crane was sold.",
    ),
    "byline-repeat": (
        "⟦By Ida Brankovic and Tom Sallow⟧",
        "⟦By IDA BRANKOVIC, Staff Writer⟧",
        "⟦By Tom Sallow | March 3, 2019, 11:05 am⟧",
    ),
}
FOOT_CLUTTER: dict[str, tuple[str, ...]] = {
    "agency-sign-off": ("⟦Reuter⟧", "⟦REUTER...⟧", "⟦—Field Level Media⟧", "⟦(AP)⟧", "⟦AFP⟧"),
    "about-the-column": (
        "⟦“The Tide” brings you what was washed ashore on the coast every day of the week.⟧",
        "⟦Crane Days is the Bell’s home for smart talk of cranes, typically by pilots. If you have"
        " an idea, pitch us at cranes@bell.example.⟧",
        "⟦The Tide is a reported column by Rosa Lindqvist on cranes and harbours.⟧",
        "⟦Harbour Lines is a weekly newsletter about the coast and its crews.⟧",
        "⟦Bell transcripts are created on a rush deadline by a contractor in Ellmouth.⟧",
    ),
    "about-the-author": (
        "⟦Ida Brankovic covers the harbour for the Bell.⟧",
        "⟦Tom Sallow is a writer in Ellmouth.⟧",
        "⟦— Ida Brankovic can be reached by post only.⟧",
        "⟦Tom Sallow represents the second ward of Ellmouth on the harbour board.⟧",
    ),
    "labelled-correction": (
        "⟦Corrections & Amplifications⟧\n\n⟦The crane is made of iron, not of wood. (May 3)⟧",
        "⟦Corrections and clarifications⟧\n\n⟦A report on Monday gave the dog to the wrong owner.⟧",
        "⟦Clarification⟧\n\n⟦The lamp was paid for by the pilots alone.⟧",
    ),
    "contributed": (
        "⟦Rosa Lindqvist contributed to this report.⟧",
        "⟦Pim Aalders and Rosa Lindqvist contributed reporting from the dock.⟧",
        "⟦With reporting by Rosa Lindqvist⟧",
        "⟦Contributing: Pim Aalders, The Ellmouth Bell⟧",
        "⟦(With files from Pim Aalders)⟧",
    ),
}
