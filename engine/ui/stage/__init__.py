"""The main page: one run, one time step at a time.

page              what runs again at a step, and the places around it; controls: the row of buttons
step              all that a step sends, in one message; outcome: what comes of it, its draw and what is said of it
seen              steps and pictures that somebody has just made
actions           what can be done: buttons, keys, the list of keys and what the browser sends, in one table
status            the phases of the step on show, or the flag of the end
sidebar           the settings; find: a run that has what is searched for
bars              yhat<t> as bars: a click chooses a token by hand; pins: tokens that always have a bar
narration         what a lecturer would say about the step on show
teacher_forcing   the network as it is trained: the true text is fed, and what that costs
predict           predict first: the step waits for it, and commits to it when u falls; predicted: what is shown of it
live              a setting while it is dragged
panels            the panels below the pictures (said: a sentence of one); past: which past decided this; take_away:
                  the one that hands out the run as files, and pictures: every picture as PNG and SVG
presenter         the stage alone, and the buttons of the lecture; deck: what is handed to a deck of slides around it
tour_card         what a stop of the tour says (tour/); share: link, QR code, frame; speaker: the speaker's window
component, front/ the front end: strip, network, draw strips, keys and link
"""
