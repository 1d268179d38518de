"""The version, written once: the package's metadata, `badgateway --version` and the gateway's own words read it."""

VERSION = "0.1.0"
