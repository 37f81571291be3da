"""Recordings and music that people bring: heard, cleaned, timed to words, beaten in time, ducked. Pure functions over arrays."""
