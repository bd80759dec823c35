"""Pages of the guided form and of *Inovasi saya*."""
