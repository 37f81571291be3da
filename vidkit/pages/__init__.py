"""What stands on pages: headlines, drawings of words, and pictures; each made by one function of a registry."""
