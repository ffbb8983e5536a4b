"""Attribution: which touch, channel and staff account an order is owed to."""
