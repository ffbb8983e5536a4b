"""Staff share materials as tracked links and see who reads them."""
