"""The bytes people saved → lines that YAML can read, with the way back to every character that was typed."""
