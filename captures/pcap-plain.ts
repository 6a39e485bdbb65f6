/// <reference path="./pcap-parser.d.ts" />
import { EventEmitter } from "node:events";
import pcapParser, { type Parser, type PcapPacket } from "pcap-parser";

/** The package wants a stream to listen to; this one hands on at once what it is told to. */
class HandedOn extends EventEmitter {
  pause(): void {}
  resume(): void {}
}

/**
 * Plain pcap records (version 2.4, microseconds, standard record headers), read by the package
 * `pcap-parser`. It is sound for those only: a corrupt length makes it quadratic, a cut record is
 * dropped in silence. So `PcapReader` walks the lengths first and hands on whole, sane records.
 */
export class PlainPcapRecords {
  readonly #stream = new HandedOn();
  readonly #parser: Parser;
  #packets: PcapPacket[] = [];

  /** `fileHeader`: the 24 bytes of a header that `readPcapFileHeader` calls plain. */
  constructor(fileHeader: Uint8Array) {
    this.#parser = pcapParser.parse(this.#stream);
    this.#parser.on("packet", (packet) => {
      this.#packets.push(packet);
    });
    // Without a listener an error would end the process; what is missing then shows in the count.
    this.#parser.on("error", () => {});
    this.#handOn(fileHeader);
  }

  /** Reads records that are whole from first to last, in order. */
  read(records: Uint8Array): readonly PcapPacket[] {
    this.#packets = [];
    this.#handOn(records);
    return this.#packets;
  }

  #handOn(bytes: Uint8Array): void {
    this.#stream.emit("data", Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    // All of it has been read. An empty rest would be joined to the next bytes, which copies them.
    this.#parser.buffer = null;
  }
}
