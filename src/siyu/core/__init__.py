"""What could serve any business system: nothing here knows what a customer is."""
