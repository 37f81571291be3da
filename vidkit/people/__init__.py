"""Who may be shown and named: consents, whom a text or a portrait means, how far a consent reaches, and taking it back."""
