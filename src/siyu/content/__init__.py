"""What is shown to customers: materials, the links that carry them, and who read what."""
