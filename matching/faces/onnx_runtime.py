"""ONNX Runtime, imported here first and with its telemetry off: every module of ours takes it from this one."""

import os

# From 1.29 on it calls its maker's host and keeps an identifier of the device, unless this stands there before the import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

__all__ = ["onnxruntime"]
