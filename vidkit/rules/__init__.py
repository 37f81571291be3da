"""Words and facts that may not be said in a post: one function a rule over everything that will be seen, read or posted."""
