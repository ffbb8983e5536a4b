"""Collecting what people do on pages: durable before the answer, understood afterwards."""
