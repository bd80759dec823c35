"""What can be done with accounts; views and the admin call the same functions."""
