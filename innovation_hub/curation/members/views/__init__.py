"""Pages of the admin about members and invitations."""
