"""The message archive (会话内容存档, doc 91774): messages pulled and opened with keys.

`Archive` reads. What differs between places stands behind `ArchiveAdapter`: `HttpArchive` for the
simulated world, `NativeArchive` for WeCom's own library, which the operator provides.
"""
