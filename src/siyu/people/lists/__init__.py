"""The customer list: any filter over any number of customers, and filters that are kept."""
