"""The simulated WeCom and WeChat world: own app, own tables, reached over HTTP only.

Nothing of siyu is imported but callback cryptography. Every rule of WeCom is derived here from
the facts on its own, so that the gateway and this world can prove each other right or wrong.
"""
