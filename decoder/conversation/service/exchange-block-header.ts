/** The header of a general block transfer, also of a block whose APDU has taken its place. */
import { hdlcAddressLength } from "../../link/hdlc/address.js";
import type { GeneralBlockTransfer } from "../../xdlms/general-block-transfer.js";
import type { ObservedFrame } from "../observed-frame.js";

export interface BlockHeader {
  readonly last: boolean;
  readonly streaming: boolean;
  readonly window: number;
  readonly number: number;
  readonly acknowledged: number;
  /** Bytes of the APDU in it: none in a block that only acknowledges. */
  readonly dataLength: number;
}

const name = "general-block-transfer";
const tag = 0xe0;

/** Whether the frame carries a block, or completes it. */
export function hasGeneralBlock(frame: ObservedFrame): boolean {
  return frame.apdus.some((apdu) => apdu.name === name);
}

/** The header of the block in a frame; undefined where it cannot be read. */
export function blockHeaderOf(frame: ObservedFrame): BlockHeader | undefined {
  const { apdu } = frame;
  if (apdu?.name === name) {
    return "block-control" in apdu ? headerOf(apdu as GeneralBlockTransfer) : undefined;
  }
  return parseHeader(frame.bytes, findApdu(frame));
}

function headerOf(block: GeneralBlockTransfer): BlockHeader {
  const control = block["block-control"];
  return {
    last: control["last-block"],
    streaming: control.streaming,
    window: control.window,
    number: block["block-number"],
    acknowledged: block["block-number-ack"],
    dataLength: block["block-data"].length,
  };
}

/** Only the innermost APDU of a frame is kept: the header of its last block is in its bytes alone. */
function parseHeader(bytes: Uint8Array, at: number | undefined): BlockHeader | undefined {
  if (at === undefined || bytes[at] !== tag) return undefined;
  const [control, high, low, highAck, lowAck, length] = bytes.subarray(at + 1, at + 7);
  if (
    control === undefined ||
    high === undefined ||
    low === undefined ||
    highAck === undefined ||
    lowAck === undefined ||
    length === undefined
  ) {
    return undefined;
  }
  return {
    last: (control & 0x80) !== 0,
    streaming: (control & 0x40) !== 0,
    window: control & 0x3f,
    number: (high << 8) | low,
    acknowledged: (highAck << 8) | lowAck,
    dataLength: length,
  };
}

function findApdu({ framing, bytes }: ObservedFrame): number | undefined {
  switch (framing) {
    case "wrapper":
      return 8;
    case "llc":
    case "llc-61334":
      return 3;
    case "apdu":
      return 0;
    case "hdlc":
      return findApduInHdlc(bytes);
    default:
      return undefined;
  }
}

const flag = 0x7e;

function findApduInHdlc(bytes: Uint8Array): number | undefined {
  let at = 0;
  while (bytes[at] === flag) at++;
  // Frame format, the two addresses, control field and HCS, LLC header.
  at += 2;
  for (let i = 0; i < 2; i++) {
    const length = hdlcAddressLength(bytes, at, bytes.length);
    if (length === 0) return undefined;
    at += length;
  }
  at += 3;
  return bytes[at] === 0xe6 ? at + 3 : undefined;
}
