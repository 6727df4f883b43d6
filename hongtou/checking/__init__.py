"""Compare a transcription with its original, cell by cell, and say what each difference is."""
