"""When a page lies still, how often it is read, where pages come from.

Knows: time and pictures. Imports: `capture`, `zone_reader`.
Gives: `laid_page`, `watched_folder`, `sources`, and `page_process`, in which pages are read.
"""
