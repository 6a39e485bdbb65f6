import {
  OPTION_INTERFACE_DESCRIPTION,
  OPTION_INTERFACE_NAME,
  OPTION_TIMESTAMP_OFFSET,
  OPTION_TIMESTAMP_RESOLUTION,
  optionText,
  readIdentity,
  readOptions,
} from "./pcapng-block.js";
import { createPcapngClock, type PcapngClock } from "./pcapng-time.js";

/** An interface as an interface description block tells of it. */
export interface PcapngInterface {
  /** Running number over all sections of the file; `CaptureChunk.interface`. */
  readonly number: number;
  /** LINKTYPE_ number. */
  readonly linkType: number;
  /** 0 where there is no limit. */
  readonly snapshotLength: number;
  /** if_name, such as `eth0`; null where the file does not say. */
  readonly name: string | null;
  /** if_description; null where the file does not say. */
  readonly description: string | null;
  readonly clock: PcapngClock;
  /** What it is known by in a following section; null where it cannot be told from others. */
  readonly identity: string | null;
}

/** Microseconds since 1970, which holds where an interface does not say otherwise. */
const microsecondClock = createPcapngClock(6, 0n);

/** Reads the interface description block that lies between `at` and `end`. */
export function readInterfaceDescription(
  view: DataView,
  at: number,
  end: number,
  littleEndian: boolean,
  number: number,
): PcapngInterface {
  let name: string | null = null;
  let description: string | null = null;
  let resolution = 6;
  let offset = 0n;
  for (const { code, value } of readOptions(view, at + 16, end - 4, littleEndian)) {
    if (code === OPTION_INTERFACE_NAME) name = optionText(value);
    else if (code === OPTION_INTERFACE_DESCRIPTION) description = optionText(value);
    else if (code === OPTION_TIMESTAMP_RESOLUTION && value.byteLength >= 1) {
      resolution = value.getUint8(0);
    } else if (code === OPTION_TIMESTAMP_OFFSET && value.byteLength >= 8) {
      offset = value.getBigInt64(0, littleEndian);
    }
  }
  return {
    number,
    linkType: view.getUint16(at + 8, littleEndian),
    snapshotLength: view.getUint32(at + 12, littleEndian),
    name,
    description,
    clock: createPcapngClock(resolution, offset),
    // One without a name may be any line.
    identity: name === null ? null : readIdentity(view, at + 8, at + 16, end - 4, littleEndian),
  };
}

/** What is assumed of an interface that packets name and no block describes. */
export function undeclaredInterface(number: number, linkType: number): PcapngInterface {
  return {
    number,
    linkType,
    snapshotLength: 0,
    name: null,
    description: null,
    clock: microsecondClock,
    identity: null,
  };
}
