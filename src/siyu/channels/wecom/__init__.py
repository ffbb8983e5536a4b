"""The WeCom (企业微信) gateway: callbacks in, governed and typed calls out."""
