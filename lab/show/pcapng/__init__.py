"""A capture of performances, as Wireshark and tshark read it: pcapng, made without a privilege and without tcpdump.

`moments` turns a transcript into what happened to each connection, `conversation` that into packets with right numbers,
`segments` and `blocks` write the octets of packets and of the file, `capture` puts it all together. Where TLS was
spoken the packets carry what really went over the wire, and the file its secrets, so that the readers decrypt it.
"""

from lab.show.pcapng.capture import Capture, capture_of, pcapng

__all__ = ["Capture", "capture_of", "pcapng"]
