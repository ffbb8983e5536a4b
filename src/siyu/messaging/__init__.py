"""What is sent to customers: welcomes, and touches, whose ids travel in the links."""
