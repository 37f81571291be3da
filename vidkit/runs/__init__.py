"""A run and its files: whose a folder is, what was made and remembered, one at a time, and what the system refuses."""
