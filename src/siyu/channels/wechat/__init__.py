"""WeChat outside WeCom: official accounts and mini programs."""
