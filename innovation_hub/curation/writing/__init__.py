"""The guided form at ``/tulis/`` and the list *Inovasi saya*: writing and submitting an entry outside the admin.

The record, its permissions, its versions and its submission are those of the admin; only the way of asking differs.
"""
