"""What customers write, as far as it reaches siyu: listened to, and never kept."""
