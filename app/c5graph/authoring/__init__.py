"""What helps authors: tables become Turtle in our layout, files are put in order."""
