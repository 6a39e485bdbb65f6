/**
 * Items of the corpus that are damaged, cut or wrong as published, and what is therefore found in
 * them. Every other item decodes without a complaint.
 */
export interface KnownFault {
  /** The diagnostics of the groups malformed, checksum and undecoded, sorted. */
  readonly codes: readonly string[];
  readonly why: string;
}

export const knownFaults: Readonly<Record<string, KnownFault>> = {
  "milanbella-gocosem-hdlc-0003": {
    codes: ["core.truncated"],
    why: "the client announces 12 bytes of ciphered content more than it sends",
  },
  "forum-gurux-28871-hdlc-0001": {
    codes: ["acse.object-identifier"],
    why: "the mechanism name of the AARE ends with the byte 85, which no object identifier does",
  },
  "gurux-hdlc-0004": {
    codes: ["core.trailing-bytes", "core.truncated"],
    why: "the user-information is a byte shorter than the initiate-response in it",
  },
  "gurux-hdlc-0005": { codes: ["hdlc.address"], why: "a destination address of 3 bytes" },
  "u9n-pdu-0002": {
    codes: ["axdr.presence-flag", "xdlms.conformance-tag"],
    why: "an AARQ made up by the library: no conformance block where one must stand",
  },
  "u9n-wrapper-0001": {
    codes: ["axdr.presence-flag-missing"],
    why: "the get-request lacks the flag of its access selection",
  },
  "u9n-pdu-0031": {
    codes: ["xdlms.block-contents"],
    why: "the block holds the beginning of a value that later blocks would complete",
  },
  "u9n-pdu-0041": {
    codes: ["core.trailing-bytes"],
    why: "made up to be refused: a request of another kind behind the tag of a next-pblock",
  },
  "u9n-pdu-0047": {
    codes: ["core.truncated"],
    why: "made up to be refused: a response of another kind behind the tag of a pblock",
  },
  "u9n-pdu-0071": {
    codes: ["acse.empty-object-identifier"],
    why: "made up: an AARQ with an empty object identifier",
  },
  "alekslt-hantomqtt-hdlc-0004": {
    codes: ["hdlc.fcs-mismatch"],
    why: "the FCS is wrong as published",
  },
  "epri-hdlc-0001": {
    codes: ["xdlms.unknown-apdu"],
    why: "a test packet whose payload is no APDU",
  },
  "epri-hdlc-0002": {
    codes: ["hdlc.address", "hdlc.hcs-mismatch"],
    why: "a source address of 3 bytes and a wrong HCS",
  },
  "kill-japanese-dlms-wrapper-p-wrapper-0001": {
    codes: ["core.trailing-bytes"],
    why: "a mock: the APDU is a data-notification in name only",
  },
  "kill-japanese-dlms-wrapper-p-wrapper-0002": {
    codes: ["core.trailing-bytes"],
    why: "a mock: bytes are left behind the APDU",
  },
  "kill-japanese-dlms-wrapper-p-wrapper-0003": {
    codes: ["axdr.presence-flag", "core.truncated"],
    why: "a mock: the set-request ends inside its data",
  },
  "u9n-pdu-0076": {
    codes: ["core.trailing-bytes"],
    why: "made up to be refused: a request of another kind behind the tag of a next-pblock",
  },
  "xdom-jdlms-hdlc-0003": {
    codes: ["core.trailing-bytes", "core.truncated", "hdlc.flag-missing"],
    why: "published without its flags; the user-information is a byte short",
  },
  "youserj-cosempdu-project-pdu-0003": {
    codes: ["core.trailing-bytes"],
    why: "made up: a byte is left behind the action-request",
  },
  "esphome-libs-dlms-parser-hdlc-0005": {
    codes: ["data.unknown-type", "hdlc.fcs-mismatch"],
    why: "type and length of three octet-strings are swapped (06 09); its FCS is wrong as published",
  },
  "esphome-libs-dlms-parser-hdlc-0007": {
    codes: ["hdlc.fcs-mismatch", "hdlc.hcs-mismatch"],
    why: "HCS and FCS are wrong as published",
  },
  "athombv-node-dsmr-parser-mbus-0001": {
    codes: ["noise.bytes"],
    why: "a key was pasted behind the frames",
  },
  "amsleser-hdlc-0034": {
    codes: ["hdlc.hcs-mismatch", "hdlc.length"],
    why: "mis-sampled line: the second half of the frame is noise",
  },
  "amsleser-hdlc-0035": {
    codes: ["hdlc.hcs-mismatch", "hdlc.length"],
    why: "a prefix of 32 bytes",
  },
  "amsleser-hdlc-0037": {
    codes: ["core.truncated", "hdlc.length"],
    why: "cut off by a buffer overflow",
  },
  "amsleser-p1-0001": {
    codes: ["p1.crc-mismatch"],
    why: "the reporter redacted the meter number: the CRC no longer fits",
  },
  "amsleser-raw-0001": {
    codes: ["data.unknown-type"],
    why: "joined by hand: a frame boundary (7E) is left in it",
  },
  "amsleser-p1-0003": {
    codes: ["noise.bytes", "p1.crc-mismatch"],
    why: "deciphered by another tool, followed by padding; its CRC was made over other line ends",
  },
  "amsleser-mbus-0001": {
    codes: ["mbus.checksum", "mbus.length"],
    why: "put together by the firmware: L field and checksum are not those of the frame",
  },
  "amsleser-p1-0004": { codes: ["noise.bytes"], why: "cut off by a serial buffer of 512 bytes" },
  "amsleser-hdlc-0081": { codes: ["core.truncated", "hdlc.length"], why: "cut off" },
  "amsleser-hdlc-0086": {
    codes: ["core.trailing-bytes", "hdlc.length"],
    why: "a byte was lost from the frame",
  },
  "amsleser-hdlc-0087": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0088": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0089": { codes: ["noise.text"], why: "a stray character behind the frame" },
  "amsleser-hdlc-0090": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0091": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0092": {
    codes: ["core.trailing-bytes", "hdlc.fcs-mismatch", "hdlc.flag-missing"],
    why: "its closing flag is lost; bytes were changed",
  },
  "amsleser-hdlc-0093": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0094": {
    codes: ["axdr.length-form", "core.truncated", "hdlc.fcs-mismatch", "hdlc.length"],
    why: "bytes were lost and changed: it falls apart into two",
  },
  "amsleser-hdlc-0095": { codes: ["noise.bytes"], why: "four stray bytes behind the frame" },
  "amsleser-hdlc-0096": {
    codes: ["axdr.length-form", "hdlc.fcs-mismatch", "noise.bytes"],
    why: "bytes were changed, as its reporter says; stray bytes behind it",
  },
  "amsleser-hdlc-0097": {
    codes: ["data.unknown-type", "hdlc.fcs-mismatch", "hdlc.length", "noise.bytes"],
    why: "bytes were lost and changed, as its reporter says",
  },
  "amsleser-hdlc-0100": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0101": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0102": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0103": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0104": {
    codes: ["core.truncated", "hdlc.fcs-mismatch", "hdlc.length"],
    why: "trimmed by its reporter",
  },
  "amsleser-hdlc-0105": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0106": { codes: ["hdlc.fcs-mismatch"], why: "the FCS is wrong as published" },
  "amsleser-hdlc-0107": {
    codes: ["core.truncated", "hdlc.length"],
    why: "the first 80 bytes of a frame of 489",
  },
  "amsleser-hdlc-0109": {
    codes: ["noise.bytes"],
    why: "read with the wrong parity: nothing in it is a frame",
  },
  "amsleser-hdlc-0110": {
    codes: ["noise.bytes"],
    why: "read with the wrong parity: nothing in it is a frame",
  },
  "amsleser-hdlc-0111": {
    codes: ["noise.bytes"],
    why: "read with the wrong parity: nothing in it is a frame",
  },
  "amsleser-p1-0007": {
    codes: ["p1.crc-mismatch", "p1.obis"],
    why: "damaged on the line: an OBIS code with a colon too many, a wrong CRC",
  },
  "amsleser-llc-0003": {
    codes: ["core.trailing-bytes"],
    why: "bytes are left behind the ciphered APDU",
  },
  "amsleser-mbus-0007": { codes: ["mbus.length"], why: "cut off" },
  "amsleser-mbus-0008": {
    codes: ["core.truncated", "mbus.checksum", "mbus.length"],
    why: "the third frame was put together by the firmware, and is cut off",
  },
  "amsleser-mbus-0009": {
    codes: ["mbus.checksum", "mbus.length"],
    why: "the third frame was put together by the firmware: L field and checksum are not its own",
  },
  "amsleser-mbus-0010": {
    codes: ["core.truncated", "mbus.checksum", "mbus.length"],
    why: "put together by the firmware, and cut off",
  },
  "amsleser-mbus-0012": {
    codes: ["mbus.checksum", "mbus.length"],
    why: "the third frame was put together by the firmware: L field and checksum are not its own",
  },
  "amsleser-mbus-0013": {
    codes: ["mbus.checksum", "mbus.length"],
    why: "the third frame was put together by the firmware: L field and checksum are not its own",
  },
  "amsleser-mbus-0014": {
    codes: ["mbus.checksum", "mbus.length"],
    why: "the third frame was put together by the firmware: L field and checksum are not its own",
  },
  "amsleser-mbus-0015": {
    codes: ["mbus.checksum", "mbus.length"],
    why: "the third frame was put together by the firmware: L field and checksum are not its own",
  },
  "amsleser-p1-0013": {
    codes: ["noise.text"],
    why: "hex with comments, annotated by hand; read as a file it is a text log",
  },
  "amsleser-mbus-0016": {
    codes: ["mbus.length"],
    why: "two frames run into each other; the stop characters are lost",
  },
  "ndokter-dsmr-parser-p1-0009": {
    codes: ["noise.bytes"],
    why: "a number and filler bytes behind the telegram",
  },
  "ndokter-dsmr-parser-p1-0010": {
    codes: ["noise.text"],
    why: "a number and filler bytes behind the telegram",
  },
  "fs-22222885268-iec21-0001": {
    codes: ["noise.text"],
    why: "stray characters before the identification and behind the acknowledgement",
  },
  "matousp-pcap-0005": {
    codes: ["acse.unknown-component", "core.trailing-bytes", "hdlc.fcs-mismatch"],
    why: "recorded while the client sent fuzzed frames",
  },
  "matousp-pcap-0006": {
    codes: ["core.truncated"],
    why: "recorded while the client sent fuzzed frames",
  },
  "matousp-pcap-0007": {
    codes: ["core.trailing-bytes"],
    why: "recorded while the client sent fuzzed frames",
  },
  "matousp-pcap-0008": {
    codes: ["core.trailing-bytes"],
    why: "recorded while the client sent fuzzed frames",
  },
  "matousp-pcap-0011": {
    codes: ["core.trailing-bytes", "hdlc.length"],
    why: "recorded while the client sent fuzzed frames",
  },
  "matousp-pcap-0014": {
    codes: ["ipv4.checksum", "packet.no-dlms", "udp.checksum"],
    why: "PRIME MAC over UDP, which is not decoded yet; addresses were rewritten without the checksums",
  },
};
