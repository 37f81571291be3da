"""The band that plays vidkit's music: scores as data, instruments, the room and the desk. Used by ``tools/compose.py`` only."""
