"""Plant known faults in clean transcripts and see whether a check finds each, names it, and points at it."""
