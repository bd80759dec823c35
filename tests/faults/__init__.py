"""What happens to pages and changes when the real Elasticsearch is killed, hangs, is full or loses its index.

One server of 512 MB of its own serves them all, so one worker runs them (``tests/scheduling.py``). They run on SQLite
only: what fails is the engine, and the outbox asks nothing of the database that ``tests/search`` doesn't ask on
PostgreSQL too.
"""
