"""The client: asks, forgives everything, and keeps every byte with its time. It never half-closes unless scripted."""

from lab.client.asking import Asker

__all__ = ["Asker"]
