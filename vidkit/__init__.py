"""vidkit: photos and a few true sentences in YAML become short clips, covers, posters and captions."""

__version__ = "0.2.0"
