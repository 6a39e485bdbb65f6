declare module "pcap-parser" {
  import type { EventEmitter } from "node:events";

  export interface PcapPacket {
    readonly header: {
      readonly timestampSeconds: number;
      readonly timestampMicroseconds: number;
      readonly capturedLength: number;
      readonly originalLength: number;
    };
    readonly data: Buffer;
  }

  export interface Parser extends EventEmitter {
    /** What is not read yet; null before the first bytes. */
    buffer: Buffer | null;
    on(event: "packet", listener: (packet: PcapPacket) => void): this;
    on(event: "error", listener: (error: Error) => void): this;
  }

  /** Takes anything that emits `data` with Buffers and has `pause` and `resume`. */
  export function parse(input: EventEmitter & { pause(): void; resume(): void }): Parser;
}
