"""What labs, institutions and agencies want to know of the work in their part: how far, how fast, how late."""
