import { keyHelp, namesHelp } from "./help.js";

export const sniffHelp = `obiscope sniff [options]

Listens on a serial line or a socket, shows what is said as it is said, and records it as pcapng. It
only listens: nothing is sent, but by a relay. Ctrl+C ends it; the file is complete then.

What to listen on
  --serial PORT               a serial line on which both sides are heard
  --serial-answers PORT       the meter's side, where it is heard on a port of its own; --serial has the
                              client's then
  --tcp HOST:PORT             connect, to a serial device server for one, and take what it sends
  --listen [HOST:]PORT        take TCP connections, of meters that push
  --udp [HOST:]PORT           take UDP datagrams
  --relay [HOST:]PORT=HOST:PORT
                              stand between: take connections, pass them on, record both sides
  --list                      the serial ports of this machine, with their USB identity

Serial lines
  --preset NAME               hdlc     9600 8N1, HDLC on RS-485 and RS-232 (default)
                              optical  300 7E1, then as the hand-over of IEC 62056-21 mode E says
                              han      2400 8E1, M-Bus of customer interfaces
                              mbus     2400 8E1
                              p1       115200 8N1, P1 telegrams
  --baud N                    300 to 921600
  --line 8N1                  data bits, parity, stop bits: 8N1, 7E1, 8E1, ...
  --auto                      find the settings out by trying the usual ones

Recording
  --out FILE, -o FILE         record to FILE; '-' is standard output, and no text is shown then
  --overwrite                 replace a FILE that is there
  --ring files:N,size:MB,duration:S
                              go on in a new file after so many megabytes or seconds, and keep the N
                              newest; they are called FILE_00001_20260102T030405.pcapng
  --duration 90s              stop after this time: s, m, h, d
  --stop-after N              stop after N frames (that fit the filter; TCP's own do not count)

Text
  --format text|ndjson|json|csv|xml
                              as of obiscope decode
  --tree                      the full field tree of every frame
  --filter EXPR, -Y EXPR      show only frames that fit; the recording has all of them
  --framing NAME              how to read the bytes: auto (default), hdlc, wrapper, llc, llc-61334,
                              mbus, apdu, p1
  --decode-as SELECTOR=NAME   read a port's packets so, for example tcp.port==7001=hdlc
  --quiet                     no messages on standard error but errors

${namesHelp}
${keyHelp}
How it stands with the line and the file is told on standard error. A frame is shown at the latest
200 ms after its last byte. A full disk stops the recording, not the text.

Exit codes: 0 done, also by SIGINT or SIGTERM; 1 the line or the file cannot be opened, or the
recording has stopped by itself; 2 wrong usage.

Examples
  obiscope sniff --list
  obiscope sniff --serial /dev/ttyUSB0 --out line.pcapng
  obiscope sniff --serial /dev/ttyUSB0 --preset optical --keys keys.json
  obiscope sniff --serial /dev/ttyUSB0 --serial-answers /dev/ttyUSB1 --baud 19200 --line 8E1
  obiscope sniff --listen 4059 --out push.pcapng --ring files:10,size:100
  obiscope sniff --relay 4059=192.0.2.7:4059 --filter 'diag.severity >= warning'
  ssh gateway obiscope sniff --serial /dev/ttyUSB0 --out - | obiscope decode -
`;

export const extcapHelp = `obiscope extcap --install [FOLDER]

Makes serial lines, TCP and UDP captures of obiscope sniff interfaces of Wireshark: its start page and
tshark -D list them, and ask for port, speed and address. A small script is written into FOLDER, or
into the folder of extcaps that Wireshark looks into (Help, About, Folders).

  --install [FOLDER]          write the script
  --script                    print it instead
Wireshark calls the rest itself: --extcap-interfaces, --extcap-dlts, --extcap-config, --capture --fifo.

The folder is, where Wireshark has one of the user's own (from 4.2 on):
  Linux, macOS                ~/.local/lib/wireshark/extcap
  Windows                     %APPDATA%\\Wireshark\\extcap
Older ones look into one of all users alone, such as /usr/lib/x86_64-linux-gnu/wireshark/extcap, or
into the one that WIRESHARK_EXTCAP_DIR names (not as root).

Exit codes: 0 done; 1 the script cannot be written, or the line cannot be opened; 2 wrong usage.

Examples
  obiscope extcap --install
  sudo obiscope extcap --install /usr/lib/x86_64-linux-gnu/wireshark/extcap
  tshark -i obiscope-listen -o extcap.obiscope_listen.listen:4059
`;
