"""Series of a project: their numbers, their ledger, their episodes, and the covers of these side by side."""
