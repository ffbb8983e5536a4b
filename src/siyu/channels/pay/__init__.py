"""WeChat Pay (微信支付), API v3: orders paid inside WeChat, notices, refunds."""
