"""Films: short videos of a phone that stand where a photo stands. Read here, covered, and kept as reels that the painter plays."""
