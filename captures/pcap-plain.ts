/// <reference path="./pcap-parser.d.ts" />
import { EventEmitter } from "node:events";
import pcapParser, { type Parser, type ParserBytes, type PcapPacket } from "pcap-parser";

/** The package wants a stream to listen to; this one hands on at once what it is told to. */
class HandedOn extends EventEmitter {
  pause(): void {}
  resume(): void {}
}

/**
 * Bytes of records, as the package slices and reads them: it makes three slices of a record, and a
 * Buffer for each would take longer than all else that it does. Who reads the records knows where
 * their data stand.
 */
class RecordBytes implements ParserBytes {
  readonly #view: DataView;
  readonly #start: number;
  readonly length: number;

  constructor(view: DataView, start: number, length: number) {
    this.#view = view;
    this.#start = start;
    this.length = length;
  }

  slice(start: number, end = this.length): RecordBytes {
    return new RecordBytes(this.#view, this.#start + start, end - start);
  }

  readUInt32LE(offset: number): number {
    return this.#view.getUint32(this.#start + offset, true);
  }

  readUInt32BE(offset: number): number {
    return this.#view.getUint32(this.#start + offset, false);
  }
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
    this.#handOn(Buffer.from(fileHeader));
  }

  /** Reads the records from `start` to `end`, which are whole from first to last, in order. */
  read(view: DataView, start: number, end: number): readonly PcapPacket[] {
    this.#packets = [];
    this.#handOn(new RecordBytes(view, start, end - start));
    return this.#packets;
  }

  #handOn(bytes: ParserBytes): void {
    this.#stream.emit("data", bytes);
    // All of it has been read. An empty rest would be joined to the next bytes, which copies them.
    this.#parser.buffer = null;
  }
}
