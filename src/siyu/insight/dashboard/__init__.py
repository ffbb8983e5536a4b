"""The dashboard: figures of a period beside the same weekdays before, by channel and staff."""
