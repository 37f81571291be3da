"""A brief's values one by one: what may be typed, how it is read, what it says, and how a new brief begins."""
