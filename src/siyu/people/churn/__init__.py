"""Churn: who was lost and why, who is silent, who must be left in peace."""
