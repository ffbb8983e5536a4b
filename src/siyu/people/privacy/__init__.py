"""Personal data under the customer's own say: consent, export, erasure (PIPL)."""
