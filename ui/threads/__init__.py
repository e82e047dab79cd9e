"""The only threads and timers of the windows: the Desk's, the cameras', the pages'.

Knows: Qt's event loop. Imports: `workstation`.
Gives: `background` (ask the Desk, watch the camera), `document_watch`.
"""
