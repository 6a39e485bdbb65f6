export const generalHelp = `Obiscope reads what smart meters and their clients say (DLMS/COSEM, IEC 62056).

  obiscope decode [options] FILE...   decode captures to standard output; FILE '-' is standard input
  obiscope fields [PREFIX]            every field: name, type, meaning
  obiscope --version | --help         every command has --help with examples

Examples
  obiscope decode captures/samples/hdlc-session.txt
  obiscope decode --tree --keys keys.json push.pcapng
  cat log.txt | obiscope decode --format ndjson - | jq .info
`;

export const decodeHelp = `obiscope decode [options] FILE...

Reads pcap, pcapng, gzip of either, text logs with hex in them, and raw bytes; which of these a
file is, is found by its content. '-' is standard input. Several files are several independent
captures: nothing learnt in one is used in the next.

  --format text|ndjson|json   text: a line a frame, what is wrong with it below (default);
                              ndjson: one JSON object a line; json: one array
  --tree                      the full field tree of every frame
  --framing NAME              how to read bytes whose file does not say: auto (default), hdlc,
                              wrapper, llc, llc-61334, mbus, apdu, p1
  --decode-as SELECTOR=NAME   read a port's packets so, for example tcp.port==7001=hdlc
  --fail-on warning|error     exit 3 when a diagnostic that severe was reported
  --quiet                     no messages on standard error but errors
  --progress                  progress on standard error, if that is a terminal

Keys
  --keys FILE                 key file (JSON: {"keySets": [{"name", "systemTitle", ...}]})
  --guek HEX                  global unicast encryption key
  --gbek HEX                  global broadcast encryption key
  --gak HEX                   authentication key
  --dedicated HEX             dedicated key
  --kek HEX                   master key
  --system-title HEX          the meter's system title, where the wire does not carry it
  --hls-secret HEX            secret of HLS authentication
Keys on a command line can be seen by other users of the machine; a key file cannot.

Exit codes: 0 done; 1 a file cannot be read or is no capture; 2 wrong usage; 3 see --fail-on.

Examples
  obiscope decode session.pcapng
  obiscope decode --tree --guek 000102030405060708090a0b0c0d0e0f push.log
  obiscope decode --format ndjson capture.pcap | jq -r 'select(.diagnostics) | .info'
  echo 7ea0070321930f017e | obiscope decode --tree -
`;

export const fieldsHelp = `obiscope fields [PREFIX]

Lists every field of the decoder: its name (for filters and in JSON), its type and what it means.
With PREFIX only the fields whose names begin so.

Examples
  obiscope fields
  obiscope fields hdlc.
`;
