"""Places in files, excerpts, nearest names, and Turtle read with its positions."""
