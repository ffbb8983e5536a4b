"""The WeChat official account: sign-in of customers and share cards."""
