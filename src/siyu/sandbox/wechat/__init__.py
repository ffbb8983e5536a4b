"""WeChat's side: OAuth pages, the official account's API, and the script stand-ins."""
