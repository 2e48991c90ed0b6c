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
    "glued-label": (
        "March 2, 2015:The board of the harbour meets at night, and votes for a second crane.",
        "The pilots ask: What is the lamp for, if nobody looks at it?",
        "The tide was at 10:30 on Monday, and the pilots were at 10:45 where it had been.",
    ),
    "footnote-mark": (
        "The vote[1] was on two sheets, as a note behind the text has it.",
        "The board [1911] and the quay [1912] and the lamp [1913] are in the order of their years.",
        "The three rows of the table are numbered [1], [2] and [3] by the clerk.",
    ),
    "bracketed-promotion": (
        "The report (see also the one of 2011) was never read.",
        "“[More: the crane] was all he could make out on the tape,” she said of the noise.",
        "The watch (a gift) stopped at nine.",
        "The tide (for what it is worth, see the harbour's own tables) was late.",
        "The board (to the pilots' regret, it must be said here) had met.",
    ),
    "terminal-pointer": (
        "For the pilots it was enough to click on a lamp, and it went out.",
        "For a crane to click here and there is nothing new, said the harbour master.",
        "To open the lock he told her to double-click on the bell.",
        "The page asks readers to double click on a crane.",
        "For a view of the dock one has to double click on here and there.",
    ),
    "photo-bracket": (
        "The photo (taken by her brother) shows a crane.",
        "She kept one image (the best) in her purse.",
        "So it seems to the crews. (Credit to Ida Brankovic for saying it first.)",
        "The pictures (photographers were barred) are drawings.",
    ),
    "embed-placeholder": (
        "“[The video] is all we have,” the lawyer told the court.",
        "He said it was “[a] caption without a picture.”",
        "The list [of audio tapes] runs to nine pages.",
        "“We saw it on the [video] and rang the bell,” the pilot said.",
        "Pilots Ask for a Lamp and a Bell on Top of It [VIDEO]",
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
        "The lamp first appeared on Sarn.",
        "Reprinted by the thousand, the letter was read on every quay.",
    ),
    "photo-credit": (
        "Pim Aalders wrote for The New York Times",
        "He owes his position to the harbour, and/or to the crane.",
        "The picture she painted of the dock was a grim one.",
        "Credit goes to the crew, who pumped until dawn.",
    ),
    "gallery-slide": (
        "They sang it.\n\nWho put the lamp out?\n\nWho put the lamp out?\n\nNobody knows.",
        "The bell is rung twice.\n\nIt is heard.\n\nIt is heard.\n\nSo is the second.\n\nSo is it.",
        "The two cranes are alike in all that one can see of them from where the pilots stand.",
    ),
    "photo-caption": (
        "The wire services AP and AFP had both sent somebody to the dock.",
        "He has worked for the Bell, for Bloomberg and/or for Reuters.",
        "The pier is open to all. (Photographs are not allowed.)",
        "She said: “There are two photos: One is of the crane, the other of the dog.”",
        "The crane is on one side of the water | the lamp is on the other.",
        "She told Reuters that the crane had leaned since spring.",
        "The file was lost, and so was the photo in it.",
        "The rate rose on Monday (the mean of Bloomberg/Reuters).",
        "The crane fell on Monday. (Rosa Lindqvist/Ellmouth)",
        "He posted it again (on Facebook/Twitter).",
        "The talks go on. (Reporting by the desk; on Twitter/Facebook)",
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
        "“The sign reads >>> and nobody knows why,” she said.",
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
    "labelled-headline": (
        "Related coverage of the crane was thin.",
        "The related coverage ran to nine pages.",
        "Related Coverage Ltd. sells insurance to the pilots.",
        "READ the sign, the pilot said, and then read it again.",
        "Watch Ida Brankovic at the wheel and you will see how it is done.",
    ),
    "read-in-full": (
        "Read the full moon’s tide and you know the harbour, the pilots say.",
        "Read the whole of it, he told her, and then burn it.",
        "Readers of the full report found nine cranes in it.",
        "Read her letters and you will hear the sea in them.",
    ),
    "listed-link": (
        "He read more:\n\nA crane that leans has no owner\n\nThat was all.",
        "The list was short.\n\nA crane that leans\n\nIt was read out at nine.",
        "He had more from the harbour.\n\nThe tug is lost again this year\n\nSo he said.",
    ),
    "insight-block": (
        "Don’t miss the tide, the pilots say [and they laugh].",
        "The clerk read it out: “Nine boats lost [LAUGHTER]”",
        "She said that the crane would not stand [APPLAUSE]",
    ),
    "capitals-link": (
        "NINE BOATS LOST",
        "THE HARBOUR: SOME PROGRESS MADE",
        "WHAT THE BOARD WILL SAY ON MONDAY:",
        "THE CRANE\n\nIt leans.\n\nTHE LAMP ON THE PIER IS LATE\n\nIt is.\n\nTHE BELL\n\nIt rang.",
    ),
    "bracketed-related-line": (
        "(Related by marriage, they have not spoken since.)",
        "(The photos were lost in the flood.)",
        "[The more expensive crane is the one that leans.]",
    ),
    "film-caption": (
        "CLOSE THE PIER NOW, the posters said, and they did.",
        "Close the pier, the board told the crews on Monday.",
        "Media playback of the tape was stopped by the judge.",
        "Play video of the crane and the room falls silent.",
    ),
    "gallery-caption": (
        "Photos: nine of them, all of the dog.",
        "Photos of the crane hang beside photos of the mayor.",
        "He tried to hide the caption of 1911 from her.",
    ),
    "whose-opinion": (
        "The opinions expressed at the meeting were strong ones.",
        "The view from the crane is of the island.",
        "Opinions differ on who should pay for the lamp.",
        "His views, expressed in this room in 1911, are no longer held by anybody.",
    ),
    "editors-note": (
        "The editor’s note was lost in the flood.",
        "Editors note that the tide tables are wrong.",
        "An editor’s notes are not evidence, the judge said.",
    ),
    "poll-line": (
        "Who would vote now for a second crane?",
        "“Will you vote here?” the clerk asked the pilot.",
        "The latest: a lamp, a bell and a dog.",
    ),
    "reader-call": (
        "Send us your tired crews, the island wrote, and they were sent.",
        "Please include the dog in the minutes, she said.",
        "Have a question? The pilots will not answer it.",
        "She could be reached at the pier or not at all.",
    ),
    "share-stack": (
        "Print",
        "Email",
        "Facebook\n\nThe company owns the pier.\n\nTwitter\n\nThe company owns the lamp.",
    ),
    "media-label": (
        "Photo finish",
        "Video killed the radio star, and the tide killed the video.",
        "Close to home",
        "YouTubers",
    ),
    "markup-scrap": (
        "He wrote class = 9 on the board, and then he wiped it off.",
        "The poster said the crane would fall.",
        "The alt right has no pier.",
    ),
    "archive-menu": (
        "The archives select date palms for the pier.",
        "A select date was set for the vote.",
        "The blog of the harbour is kept in the archives.",
    ),
    "read-more-box": (
        "You can read more on these cranes in the harbour’s own archive.",
        "He told them to eat less and read more.",
        "“I want to write less and read more”",
    ),
    "podcast-line": (
        "Listen to the pilots, not to the board, and you will hear of the crane.",
        "Listen to Ida Brankovic: she has seen nine cranes fall.",
        "Looking for a quick way home, he took the pier.",
    ),
    "spaced-bracket-link": (
        "(The crane is not for sale.)",
        "He came ( so he said ) from the island.",
        "( 1911 ) was carved over the door of the office.",
    ),
    "bbc-line": (
        "He wrote to the BBC from the pier, and nobody wrote back.",
        "“Email me,” she said, and gave him ida@bell.example instead.",
        "The address haveyoursay@bbc.co.uk was painted on the crane, nobody knows by whom.",
    ),
    "about-the-column": (
        "Sarn is Norland’s home for pilots who have no ship, and nobody has its address.",
        "The tide is a weekly matter for the board, not a daily one.",
        "The crane is a feature of the coast, like the lighthouse.",
        "Nelson is a column of smoke now, the pilots say.",
    ),
    "cnn-line": (
        "Check out of the hotel by nine, she told the crews.",
        "Read the tide, not the CNN tide tables.",
        "Watch the crane on a Sunday at 9 and it does not move.",
    ),
    "nation-line": (
        "Travel with the tide, the pilots say.",
        "Fight back, he told the crews, and they did.",
        "He would not sign up for our club.",
    ),
    "agency-line": (
        "Catch up on sleep, the pilots say.",
        "AP experts could not agree on the crane.",
        "To catch up on the news she rowed to the island.",
    ),
    "series-line": (
        "A daily round of the harbour keeps him young.",
        "Policing the harbour is a task for nine.",
        "A look at race and justice took the board all day.",
    ),
    "caption-before-headline": (
        "The board has nine members | The crane has one hook, and it is an old one.",
        "She told AP Photos of the crane are not for sale.",
        "Getty held the pier, and Reuters held the lamp, in the old play.",
    ),
    "genre": (
        "Opinion is divided on the second crane.",
        "Analysis of the paint found lead.",
        "Opinion polls",
        "Commentary came by wireless from the pier.",
    ),
    "outlet-line": (
        "The Ellmouth Bell was first to say so.",
        "Ellmouth Bell sells nine copies a day.",
        "The bell of Ellmouth",
    ),
    "contributor-label": (
        "Opinion contributors to the debate were few.",
        "The editorial board sat until six.",
        "Special for its age, the crane is listed.",
    ),
    "credit-in-last-paragraph": (
        "He was proud of the writing (by hand) of all nine letters.",
        "The prize (for reporting by sea) went to nobody.",
        "It took nine years of editing (by his wife).",
        "The crane leaned (reporting by the Bell had said so) and nobody looked.",
        "The prize went to the Bell. Reporting by Ida Brankovic had shown that it leaned.",
        "The film (written by hand, edited by nobody) runs for nine hours.",
    ),
    "labelled-correction": (
        "Correction fluid\n\nIt was all over the minutes.",
        "Corrections were made in ink.",
        "Clarification of the butter takes an hour.",
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
    "byline-of-dateline": (
        "By Monday ELLMOUTH had no crane (Reuters) was told.",
        "By Rosa Lindqvist’s count ELLMOUTH has two cranes.",
        "By noon on Monday SARN (Reuters had a room there) was under water.",
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
    "caption-of-head": (
        "Ms. Oduya left. Nobody had asked the harbour board why it votes on a crane at all.",
        "The vote was close. The second crane will cost what the first one did",
        "Mr. Sallow held up the hat. It was the board’s.",
    ),
    "headline-of-head": (
        "Harbour board votes to buy the second crane are held in May, as they always were.",
        "Harbour board votes to buy the second crane Friday, said a letter, and it did.",
        "The letter began: Harbour board votes to buy the second crane, and said no more.",
        "Harbour board votes to buy the second crane. It will come by barge.",
        "The harbour has a board, and it votes to buy the second crane when the first one leans",
    ),
    "sign-up-form": (
        "The form asks for a valid email address, a country and a reason, and then it sinks.",
        "“Sign up now,” said the poster, and below: “You may unsubscribe by post only.”",
        "The leak showed that terms of use, privacy policy and email address of every pilot were"
        " kept in one drawer, and that those who sign up cannot unsubscribe.",
    ),
    "opinion-pages": (
        "In addition to its own boats, the harbour publishes a list of those it has lost.",
        "To read more, the clerk had put on both pairs of glasses.",
        "You can read the opinions of the pilots off their faces.",
    ),
    "pull-quote": (
        "It leans, and nobody knows why.\n\n“It leans, and nobody knows why,” the master said.",
        "The lamp of the second crane is the only one that can be seen from Sarn.\n\nThe lamp of"
        " the second crane is the only one that can be seen from Sarn. — Ann Oduya (@annoduya)",
        "The lamp of the second crane is the only one that can be seen from Sarn.\n\nThe lamp of"
        " the first crane is the only one that can be seen from Sarn, as it happens.",
    ),
    "repeated-paragraph": (
        "Row, row, row.\n\nRow, row, row.",
        "3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26\n"
        "3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26",
        "The board met on Monday, and it met on Tuesday, and it met on all the other days too.\n\n"
        "The board met on Monday, and it met on Tuesday, and it met on all the other days, too.",
    ),
    "agency-sign-off": (
        "Reuter was a pigeon man.",
        "AP or no AP",
        "The Associated Press Club",
    ),
    "desk-note": (
        "(Updates to follow.)",
        "(Repeats of the play are on Sundays.)",
        "(Adds the clerk: “Nobody asked me.”) He had come for the dog.",
        "Adds Ms. Oduya (the pilots have a board of their own): “It leans.”",
        "(This story has no end.)",
        "It fell. (This story was told to the pilots by a cook)",
        "(In May, the board met twice.)",
        "(The following morning the crane had moved.)",
        "(Please read this to the pilots) and so he did",
    ),
    "desk-correction": (
        "(Correct, said the clerk.)",
        "(Correction fluid was found on both sheets.)",
        "(In this, he corrected himself.)",
        "The clerk (corrects what others write) has not slept.",
    ),
    "highlights-box": (
        "Story highlights the risks of the crane, he said.",
        "Story highlights of the season follow.",
        "The highlights of the story are three: a crane, a dog and a hat.",
    ),
    "explainer-controls": (
        "Q&A sessions show hide traders how to ask",
        "Profile writers do not show. Hide the hat.",
        "Timeline of the crane",
    ),
    "tweet-link": (
        "Twitter shortens links to its own domain, t.co, and pictures to pic.twitter.com.",
        "The address is https://nyt.co/ZAbcdE1ee2 and always was.",
        "It leans. https://t.co/ZAbcdE1ee2… https://t.co/ZAbcdE1ee3 (https://t.co/ZAbcdE1ee4).",
        "The mayor posted it on https://twitter.com/annoduya/status/1 at noon.",
    ),
    "house-address": (
        "If you have seen the dog, please write to the harbour police at dog@harbour.example.",
        "If you would like to write to the desk at desk@bell.example, nobody will answer.",
        "If you want to be heard, write to the Bell, he said.",
        "If you know who has the hat, write to us at desk@bell.example. If you have it yourself,"
        " write to hat@harbour.example.",
    ),
}
