"""What speaks to the audience. A folder is a page; what several pages share stands beside them:

session    a visitor's session: one typed record; changes: what a visitor changes in it, and undo
clock      what goes on by itself: play, both runs, a search, many runs
link       the link: written and read here; parameters: what the other pages' addresses say besides
address    a page's address, read, and written without an entry in the browser's history
models     the models of pretrained/, loaded once; presets: a sentence for each to begin with
own_models  a visitor's own models, and the bench that the browser knows
widgets    widgets that show what the session holds; markdown: tokens in labels, where Streamlit would read Markdown
i18n       the languages and the translator; words/: every word in both languages, a table a page
sentences  sentences with tokens in them, as HTML; novel: whether a sequence is new
view       how the stage is shown: presented, parts left out, a stop of the tour
tour/      the guided tour: its stops, and where a visitor is on it
notices    what the session has to tell the viewer, for long enough to be read
chart      a chart as large as the type of the screen it is on; save_chart: one that can be saved as PNG and SVG
frame      around every page: language, the voice for screen readers, popovers, the drawer of a phone
front/     the front end that pages share, plain JavaScript (front_end); parts: what its parts are handed;
           page.css: type, margins, phones, print
stage/     the main page: one run, one time step at a time
score/     the probability and surprisal of each token of a text
compare/   Word vs character
many_draws/  N draws of one step, N whole runs
train/     a text in, a network that learns it, a model of one's own; the training itself is another process
"""
