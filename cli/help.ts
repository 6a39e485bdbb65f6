export const generalHelp = `Obiscope reads what smart meters and their clients say (DLMS/COSEM, IEC 62056).

  obiscope                            the application: on the desktop, or else in a browser
  obiscope open FILE...               the application with these captures open
  obiscope serve [options] [FILE...]  the application for a browser
  obiscope decode [options] FILE...   decode captures to standard output; FILE '-' is standard input
  obiscope sniff [options]            listen live, on serial lines and sockets; record as pcapng
  obiscope export [options] FILE...   the annotated trace to a file: text, JSON, CSV, XML, HTML
  obiscope summary [options] FILE...  what happened in captures: problems, services, keys, associations
  obiscope readings [options] FILE... every value that meters told: table, CSV, JSON
  obiscope objects [options] FILE...  the objects of each meter: class, access, last values
  obiscope explain TOPIC              what a field, diagnostic, class, object, unit or value means
  obiscope fields [PREFIX]            every field: name, type, meaning
  obiscope diagnostics [PREFIX]       everything that can be found wrong, and what to check then
  obiscope extcap --install           serial lines and sockets as interfaces of Wireshark
  obiscope --version | --help         every command has --help with examples

Examples
  obiscope decode captures/samples/hdlc-session.txt
  obiscope decode --tree --keys keys.json push.pcapng
  obiscope summary captures/samples/hdlc-session.txt
  cat log.txt | obiscope decode --format ndjson - | jq .info
`;

export const keyHelp = `Keys
  --keys FILE                 key file (JSON: {"keySets": [{"name", "systemTitle", ...}]})
  --guek HEX                  global unicast encryption key
  --gbek HEX                  global broadcast encryption key
  --gak HEX                   authentication key
  --dedicated HEX             dedicated key
  --kek HEX                   master key
  --system-title HEX          the meter's system title, where the wire does not carry it
  --hls-secret HEX            secret of HLS authentication
Keys on a command line can be seen by other users of the machine; a key file cannot.
`;

export const namesHelp = `Names
  --obis FILE|PACK            names of objects that go before the standard's: a file (CSV lines
                              code,class,name,unit,scaler, or JSON), or a pack: austria, belgium,
                              czechia, dsmr, elster, germany, hungary, idis, india, italy,
                              kamstrup, luxembourg, norway, spain, sweden, switzerland
`;

const mergeHelp = `  --merge                     read all FILES as one capture, by time: two taps of one line or one
                              connection, the files of a ring. '-' may be one of them. Packets of
                              networks pair by their addresses; lines, where a file is marked in one
                              direction and another in the other, or begins where another has ended
`;

const framingHelp = `  --framing NAME              how to read bytes whose file does not say: auto (default), hdlc,
                              wrapper, llc, llc-61334, mbus, apdu, p1
  --decode-as SELECTOR=NAME   read a port's packets so, for example tcp.port==7001=hdlc
  --quiet                     no messages on standard error but errors
  --progress                  progress on standard error, if that is a terminal
`;

const columnsHelp = `  --columns PROFILE=CLASS/OBIS/ATTRIBUTE,...
                              what the columns of a profile are, where the capture does not show its
                              capture objects: 1-0:99.1.0*255=8/0-0:1.0.0*255/2,3/1-0:1.8.0*255/2
`;

const rowsOfHelp = `  --filter EXPR, -Y EXPR      only what frames that fit have told: 'cosem.obis == 1-0:1.8.0*255'; scalers
                              and names of meters count from all frames (obiscope fields lists names)
`;

export const readingsHelp = `obiscope readings [options] FILE...

Lists every value that meters told in captures: answers, pushes, rows of profiles, P1 telegrams; each
with its time, the meter, the object, and the value in its unit. What numbers count in (scaler, unit)
and what the columns of profiles are is taken from wherever in the file it was read; '-' is standard
input, of which only what came before counts.

  --format table|csv|ndjson|columns
                              table (default); csv with raw values, scalers and all else; ndjson:
                              one JSON object a line; columns: JSON arrays, one for each column, in
                              groups of 10,000 rows, as Parquet writers take them
${rowsOfHelp}${columnsHelp}${mergeHelp}${framingHelp}
${namesHelp}
${keyHelp}
A time is that of the meter's clock; where the meter tells none, the table has that of the capture,
marked (seen). 'scaled-by' says who knows the unit: the message, the trace, or
(assumed) a maker's habit or the dictionary of names.

Exit codes: 0 done; 1 a file cannot be read or is no capture; 2 wrong usage.

Examples
  obiscope readings captures/samples/hdlc-session.txt
  obiscope readings --format csv --keys keys.json push.pcapng > readings.csv
  obiscope readings --filter 'cosem.class == 7 && latency > 200ms' session.pcapng
  obiscope readings --obis dsmr --obis mine.csv telegrams.txt
`;

export const objectsHelp = `obiscope objects [options] FILE...

Lists the objects of each meter that captures show: those of the association's list of objects, and
all that were named, with class, version, access rights and the last value that was told.

  --format table|csv|ndjson|columns
                              as of obiscope readings
${rowsOfHelp}${columnsHelp}${mergeHelp}${framingHelp}
${namesHelp}
${keyHelp}
Exit codes: 0 done; 1 a file cannot be read or is no capture; 2 wrong usage.

Examples
  obiscope objects captures/samples/hdlc-session.txt
  obiscope objects --format csv --keys keys.json session.pcapng > objects.csv
`;

export const decodeHelp = `obiscope decode [options] FILE...

Reads pcap, pcapng, gzip of either, text logs with hex in them, and raw bytes; which of these a
file is, is found by its content. '-' is standard input. Several files are several independent
captures: nothing learnt in one is used in the next, unless --merge says so.

  --format text|ndjson|json|csv|xml
                              text: a line a frame, what is wrong with it below (default);
                              ndjson: one JSON object a line; json: one array; csv: a row a frame;
                              xml: an element a frame, with what its JSON holds
  --tree                      with text, JSON, XML: the full field tree of every frame
${mergeHelp}  --framing NAME              how to read bytes whose file does not say: auto (default), hdlc,
                              wrapper, llc, llc-61334, mbus, apdu, p1
  --decode-as SELECTOR=NAME   read a port's packets so, for example tcp.port==7001=hdlc
  --filter EXPR, -Y EXPR      only frames that fit, under their own numbers: 'hdlc && latency > 200ms'
                              (obiscope fields lists the names)
  --fail-on warning|error     exit 3 when a diagnostic that severe was reported (of frames shown)
  --quiet                     no messages on standard error but errors
  --progress                  progress on standard error, if that is a terminal

${namesHelp}
${keyHelp}
Exit codes: 0 done; 1 a file cannot be read or is no capture; 2 wrong usage; 3 see --fail-on.

Examples
  obiscope decode session.pcapng
  obiscope decode --tree --guek 000102030405060708090a0b0c0d0e0f push.log
  obiscope decode --merge sent.log received.log
  obiscope decode --format ndjson capture.pcap | jq -r 'select(.diagnostics) | .info'
  echo 7ea0070321930f017e | obiscope decode --tree -
`;

export const exportHelp = `obiscope export [options] FILE... --out FILE

Writes the annotated trace to a file. Captures are read as by obiscope decode; '-' is standard input.
The file is there at the end, as a whole, or not at all; one that was there before is replaced, but
none that is read.

  --out FILE, -o FILE         the file to write; '-' is standard output
  --format text|json|ndjson|csv|xml|html
                              default: as the name of FILE ends (.txt, .json, .ndjson, .csv, .xml,
                              .html). html: one page that needs no network, with the tree and the
                              bytes of every frame, linked with each other
  --tree                      with text, JSON, XML: the full field tree of every frame
  --title TEXT                what the page is headed with; default: the name of the capture
  --frames 1-10,20,30-        only frames with these numbers, of each capture
  --marked                    only frames that are marked in the application
  --filter EXPR, -Y EXPR      only frames that fit, under their own numbers
  --fail-on warning|error     exit 3 when a diagnostic that severe was reported (of frames exported)
${mergeHelp}${framingHelp}
${namesHelp}
${keyHelp}
Marks and comments that the application keeps (capture.pcap.obiscope.json, beside the capture) go with
their frames. In CSV, cells of text that a spreadsheet would take for a formula begin with an
apostrophe. Keys never appear in an export.

Exit codes: 0 done; 1 a file cannot be read or written, or is no capture; 2 wrong usage;
3 see --fail-on.

Examples
  obiscope export session.pcapng --out session.html
  obiscope export --keys keys.json --filter 'diag.severity >= warning' push.log --out problems.txt
  obiscope export --frames 120-180 --tree capture.pcap --out part.xml
  obiscope export --marked --title 'What to look at' capture.pcap --out marked.html
  obiscope export --format csv --out - capture.pcap | cut -d, -f2-6
`;

export const summaryHelp = `obiscope summary [options] FILE...

Reads whole captures and says what happened in each: problems by severity with the first frame and
what to check, services with the times of their answers, keys used and missing, and the
conversations with their links and associations. '-' is standard input. Several files are several
independent captures, unless --merge says otherwise. Frames have the numbers that decode gives them.

  --format text|json          text (default), or one JSON object a file
  --conversations N|all       how many conversations the text shows; default 20
${mergeHelp}  --framing NAME              how to read bytes whose file does not say: auto (default), hdlc,
                              wrapper, llc, llc-61334, mbus, apdu, p1
  --decode-as SELECTOR=NAME   read a port's packets so, for example tcp.port==7001=hdlc
  --fail-on warning|error     exit 3 when a diagnostic that severe was reported
  --quiet                     no messages on standard error but errors
  --progress                  progress on standard error, if that is a terminal

${keyHelp}
Services: sent counts the requests, those that were sent again included; latencies are measured
from the first byte of the request to that of the answer, percentiles by the nearest rank.

Exit codes: 0 done; 1 a file cannot be read or is no capture; 2 wrong usage; 3 see --fail-on.

Examples
  obiscope summary session.pcapng
  obiscope summary --keys keys.json monday.pcap tuesday.pcap
  obiscope summary --merge ring_00001.pcapng ring_00002.pcapng
  obiscope summary --format json capture.pcap | jq '.problems[] | select(.severity == "error")'
`;

export const explainHelp = `obiscope explain [--format text|json] TOPIC...

Says what something means, what values it may have, and the clause where it is known. Several words
are one topic; where it may mean several things, each is told. A topic is

  a field or a format         hdlc.fcs, hdlc, Frame format (the label in the tree)
  a diagnostic                hdlc.fcs-mismatch, security
  an object                   1-0:1.8.0*255, 1.0.1.8.0.255, 0100010800FF, 1.8.0 (electricity)
  a class                     class 7, 7, Profile generic
  an attribute or a method    7/3, class 70 method 1, Profile generic.capture_objects, scaler_unit
  an attribute of an object   3 1-0:1.8.0*255 2
  a unit                      unit 30, Wh
  a value that has a name     scope-of-access-violated, high-level-security-gmac

  --format text|json          text (default), or one JSON array of explanations

Exit codes: 0 done; 2 wrong usage, or nothing is known of the topic: then the nearest names are told.

Examples
  obiscope explain 1-0:1.8.0*255
  obiscope explain class 64 attribute 2
  obiscope explain hdlc.fcs-mismatch
  obiscope explain --format json Profile generic | jq '.[0].values'
`;

export const fieldsHelp = `obiscope fields [--format text|markdown] [PREFIX...]

Lists every field of the decoder: its name (for filters and in JSON), its type and what it means.
With PREFIX only the fields whose names begin so. --format markdown gives a page with a table for
each format.

Examples
  obiscope fields
  obiscope fields hdlc.
  obiscope fields --format markdown > fields.md
`;

export const diagnosticsHelp = `obiscope diagnostics [--format text|markdown] [PREFIX...]

Lists everything that the decoder can find wrong: the code (for filters and in JSON), how severe it
is, what kind of finding, what it says, the clause, and what to check next. With PREFIX only the
diagnostics whose codes begin so. --format markdown gives a page with a table for each prefix.

Examples
  obiscope diagnostics
  obiscope diagnostics hdlc. link.
  obiscope diagnostics --format markdown > diagnostics.md
`;

export const openHelp = `obiscope open FILE...
obiscope

Opens the application with these captures, or without any. Where the desktop application cannot start
(no display, no runtime of Electron), it says so in one line, serves the application to browsers of
this machine, prints the address and opens a browser if there is one. Ctrl+C ends it then.

A FILE '-' is standard input: it is kept in a file in the folder of recordings, and shown as it comes.
A file that is being recorded ('obiscope sniff --out FILE') is shown as it grows, too.

Exit codes: 0 done; 1 a file cannot be read; 2 wrong usage.

Examples
  obiscope open session.pcapng
  obiscope open monday.pcap tuesday.pcap
  ssh gateway obiscope sniff --serial /dev/ttyUSB0 --out - | obiscope open -
`;

export const serveHelp = `obiscope serve [options] [FILE...]

Serves the application to browsers, and prints its address. Captures that are named are opened at
once; others are uploaded by the page. Ctrl+C ends it.

  --host H                    listen on this address; default 127.0.0.1, which programs and people on
                              this machine alone can reach. For any other one, the printed address has
                              a token, which lets one browser in, once. The line is not encrypted:
                              where others can listen, use a tunnel (see below) instead.
  --port N                    listen on this port; default: one that is free
  --captures DIR              offer the captures in this folder, and nothing outside of it
  --recordings DIR            record what is captured to this folder, which is made where there is none
  --keys FILE                 key file; the server keeps keys in memory, and writes them nowhere

Exit codes: 0 done; 1 a file cannot be read, or the analyzer cannot be kept running; 2 wrong usage.

Examples
  obiscope serve session.pcapng
  obiscope serve --captures /var/captures --port 8080
  ssh -L 8080:localhost:8080 gateway obiscope serve --port 8080 --captures /var/captures
  obiscope serve --host 0.0.0.0
`;
