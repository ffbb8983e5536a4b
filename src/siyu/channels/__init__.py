"""The outside world: WeCom and WeChat, typed, with nothing of siyu's domain in here."""
