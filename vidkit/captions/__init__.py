"""A post's words: what its sentences may name, typed words as parts of sentences, each platform's counting."""
