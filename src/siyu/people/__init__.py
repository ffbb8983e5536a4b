"""People: identities, customers, their friendships with staff accounts, tags and trail."""
