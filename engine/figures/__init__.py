"""Pictures in two steps: what is to be drawn as a small record, then the drawing; nothing here knows Streamlit.

theme              colours, fonts and the base layout of charts; the style sheets take their colours from here too
records            what the front end draws, as types; translator: what a picture asks for its words
labels             how tokens and probabilities are written
token_strip        the chips
network            the unrolled network; one_hot: x<t>, and what it picks
draw_strip         the 0-1 strip with its needle, and the lens
probability_bars   yhat<t> as bars; rest_share: what rejecting <UNK> makes of a probability
prediction         what a viewer predicts: bars to lay chips on, questions, the tally
token_search       a token found by what was typed
temperatures       the same u at other temperatures
eos_line           P(<EOS>) by step
inside             hidden state and gates as a heat map, units by steps
surprisals         a text that is scored: a card for each token, and what they add up to
two_cuts           a text cut twice: characters under their words; P of a name as a product
past               loss against the context in sight; what changes when the past is cut off
draw_counts        N draws of one step against yhat<t>, at random, and always the likeliest
run_statistics     lengths, endings and draws a step of many runs
"""
