"""The lists as they are searched: read, kept in step, tested, and accounted for.

Knows: templates of records and what is left out and why. Imports: `post`, `documents`, `matching`, `watchlists`.
Gives: `lists`, `upkeep`, `receipts`, `coverage`, `enrolment` (photographs to portraits), `renewal`.
"""
