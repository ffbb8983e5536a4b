"""Live codes (活码): one QR picture, many staff accounts, own welcome and tags."""
