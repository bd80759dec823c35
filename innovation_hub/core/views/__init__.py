"""Views that belong to no app: error pages, health, what robots may read."""
