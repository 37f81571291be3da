"""What a frame is painted from: pictures prepared, what lies behind and over them, moves and reveals."""
