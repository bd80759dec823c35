"""Word material and machinery of the sample collection; see README.md. Nothing here imports Django."""
