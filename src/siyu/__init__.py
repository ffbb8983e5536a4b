"""siyu (私域): an enterprise's own customers on WeCom and WeChat."""

__version__ = "0.1.0"
