"""The page Word vs character: both models at work (runs); a name, the past, the cost, the lecture's claims (views)."""
