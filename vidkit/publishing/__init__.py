"""What a post becomes before it goes out: proven, looked through, packed, written down and kept."""
