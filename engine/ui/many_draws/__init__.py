"""The page Many draws: N tokens of one step (page), N whole runs (runs), what these have in common (run_facts)."""
