declare module "pcap-parser" {
  import type { EventEmitter } from "node:events";

  /** What the parser asks of bytes; a Buffer can do it. */
  export interface ParserBytes {
    readonly length: number;
    slice(start: number, end?: number): ParserBytes;
    readUInt32LE(offset: number): number;
    readUInt32BE(offset: number): number;
  }

  export interface PcapPacket {
    readonly header: {
      readonly timestampSeconds: number;
      readonly timestampMicroseconds: number;
      readonly capturedLength: number;
      readonly originalLength: number;
    };
    /** As `slice` has given it. */
    readonly data: ParserBytes;
  }

  export interface Parser extends EventEmitter {
    /** What is not read yet; null before the first bytes. */
    buffer: ParserBytes | null;
    on(event: "packet", listener: (packet: PcapPacket) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
  }

  /**
   * Takes anything that emits `data` with bytes and has `pause` and `resume`. The file header must
   * come as a Buffer.
   */
  export function parse(input: EventEmitter & { pause(): void; resume(): void }): Parser;
}
