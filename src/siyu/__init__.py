"""siyu (私域): an enterprise's own customers on WeCom and WeChat."""
