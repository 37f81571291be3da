"""What ``console`` is made of: lines as wide as the terminal, names as they are typed, stops, crashes."""
