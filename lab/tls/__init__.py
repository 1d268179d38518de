"""TLS as values: the certificates by what is wrong with them, the alerts by name, and builders of records in plain
text that are right by name, wrong by hand, and check nothing on purpose."""

from lab.tls.alerts import FATAL, WARNING, Alert, alert, openssl_reason, received_alert
from lab.tls.certificate import Certificate
from lab.tls.look import describe
from lab.tls.records import ContentType, Record, begins_handshake, first_record, record

__all__ = [
    "FATAL", "WARNING", "Alert", "Certificate", "ContentType", "Record", "alert", "begins_handshake", "describe",
    "first_record", "openssl_reason", "received_alert", "record",
]  # fmt: skip
