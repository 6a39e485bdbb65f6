/** Codes of M-Bus: C fields of EN 13757-2 and CI fields of EN 13757-3. */
import type { ValueTable } from "../core/fields.js";

export const controlFields: ValueTable = {
  8: "RSP-UD",
  24: "RSP-UD, DFC",
  40: "RSP-UD, ACD",
  56: "RSP-UD, ACD, DFC",
  64: "SND-NKE",
  68: "SND-NR",
  83: "SND-UD",
  115: "SND-UD, FCB",
  90: "REQ-UD1",
  122: "REQ-UD1, FCB",
  91: "REQ-UD2",
  123: "REQ-UD2, FCB",
};

const dlms = Object.fromEntries(
  Array.from({ length: 32 }, (_, code) => [
    code,
    `DLMS, segment ${code & 0x0f}${code >= 16 ? ", the last" : ""}`,
  ]),
);

export const controlInformation: ValueTable = {
  ...dlms,
  80: "application reset",
  81: "data send",
  82: "selection of slaves",
  84: "synchronise action",
  90: "command, short header",
  91: "command, long header",
  96: "COSEM data to the meter, long header",
  97: "COSEM data to the meter, short header",
  100: "OBIS data to the meter, long header",
  101: "OBIS data to the meter, short header",
  112: "report of application errors",
  113: "report of alarms",
  114: "variable data response, long header",
  115: "fixed data response",
  120: "variable data response, no header",
  122: "variable data response, short header",
  124: "COSEM data of the meter, long header",
  125: "COSEM data of the meter, short header",
  126: "OBIS data of the meter, long header",
  127: "OBIS data of the meter, short header",
  184: "set baud rate to 300",
  185: "set baud rate to 600",
  186: "set baud rate to 1200",
  187: "set baud rate to 2400",
  188: "set baud rate to 4800",
  189: "set baud rate to 9600",
};
