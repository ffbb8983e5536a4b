"""The tenant's connections to WeCom and WeChat: credentials, proofs, gateways."""
