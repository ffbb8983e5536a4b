"""WeChat Pay v3: keys, rules, the merchant's door, notices."""
