"""The page Score: a text in, the surprisal of each token out (page); what is said of it (sentences); its front end."""
