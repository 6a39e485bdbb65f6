/** The parameters that SNRM proposes and UA settles: lengths of information fields, windows. */
import type { Cursor } from "../../core/cursor.js";
import { defineDiagnostics } from "../../core/diagnostics.js";
import { defineFields, type Field } from "../../core/fields.js";

const clause = "IEC 62056-46, 6.4.4 Elements of the procedures";

const F = defineFields("hdlc", {
  parameters: { name: "Parameter negotiation", type: "group", clause },
  "parameters.format": {
    name: "Format identifier",
    base: "hex",
    values: { 129: "general purpose" },
    clause,
  },
  "parameters.group": {
    name: "Group identifier",
    base: "hex",
    values: { 128: "HDLC parameters" },
    clause,
  },
  "parameters.groupLength": { name: "Group length", clause },
  "parameters.groupContents": { name: "Contents of another group", type: "bytes" },
  "parameters.parameter": { name: "Parameter", type: "group", clause },
  "parameters.identifier": {
    name: "Parameter identifier",
    base: "hex",
    values: {
      5: "maximum information field length, transmit",
      6: "maximum information field length, receive",
      7: "window size, transmit",
      8: "window size, receive",
    },
    clause,
  },
  "parameters.length": { name: "Parameter length", clause },
  "parameters.maxInformationFieldLengthTransmit": {
    name: "Maximum information field length, transmit",
    meaning: "Bytes that the sender of this frame may put into an information field",
    clause,
  },
  "parameters.maxInformationFieldLengthReceive": {
    name: "Maximum information field length, receive",
    meaning: "Bytes that the sender of this frame takes in an information field",
    clause,
  },
  "parameters.windowSizeTransmit": {
    name: "Window size, transmit",
    meaning: "Information frames that the sender of this frame may send before an answer",
    clause,
  },
  "parameters.windowSizeReceive": {
    name: "Window size, receive",
    meaning: "Information frames that the sender of this frame takes before it answers",
    clause,
  },
  "parameters.unknown": { name: "Value of an unknown parameter", type: "bytes" },
  "parameters.excess": { name: "Bytes that are no parameter", type: "bytes" },
});

const D = defineDiagnostics("hdlc", {
  parameters: {
    severity: "error",
    group: "malformed",
    message: "The parameter negotiation field breaks off",
    clause,
    check: "Is a length in it wrong, or the frame cut off?",
  },
  "parameter-value": {
    severity: "note",
    group: "protocol",
    message: "A parameter is out of the range that IEC 62056-46 gives it",
    clause,
  },
});

/** What the sender of a SNRM or UA frame proposes or settles; what is left out has its default. */
export interface HdlcParameters {
  readonly "max-information-field-length-transmit"?: number;
  readonly "max-information-field-length-receive"?: number;
  readonly "window-size-transmit"?: number;
  readonly "window-size-receive"?: number;
}

interface ParameterDefinition {
  readonly key: keyof HdlcParameters;
  readonly field: Field;
  readonly lowest: number;
  readonly highest: number;
}

const definitions = new Map<number, ParameterDefinition>([
  [
    0x05,
    {
      key: "max-information-field-length-transmit",
      field: F["parameters.maxInformationFieldLengthTransmit"],
      lowest: 32,
      highest: 2030,
    },
  ],
  [
    0x06,
    {
      key: "max-information-field-length-receive",
      field: F["parameters.maxInformationFieldLengthReceive"],
      lowest: 32,
      highest: 2030,
    },
  ],
  [
    0x07,
    {
      key: "window-size-transmit",
      field: F["parameters.windowSizeTransmit"],
      lowest: 1,
      highest: 7,
    },
  ],
  [
    0x08,
    { key: "window-size-receive", field: F["parameters.windowSizeReceive"], lowest: 1, highest: 7 },
  ],
]);

/** The first byte of a parameter negotiation field. */
export const parameterFormat = 0x81;
const parameterGroup = 0x80;

/** Reads the parameter negotiation field up to `end`; whatever it holds is recorded. */
export function decodeHdlcParameters(c: Cursor, end: number): HdlcParameters {
  const parameters: Partial<Record<keyof HdlcParameters, number>> = {};
  c.open(F.parameters);
  c.u8(F["parameters.format"]);
  while (end - c.offset >= 2) {
    const group = c.u8(F["parameters.group"]);
    const length = c.u8(F["parameters.groupLength"]);
    const left = end - c.offset;
    if (length > left) c.report(D.parameters, c.offset - 1, end, `${length} said, ${left} there`);
    const groupEnd = c.offset + Math.min(length, left);
    if (group === parameterGroup) decodeGroup(c, groupEnd, parameters);
    else if (c.offset < groupEnd) c.octets(F["parameters.groupContents"], groupEnd - c.offset);
  }
  readExcess(c, end);
  c.close();
  return parameters;
}

function decodeGroup(
  c: Cursor,
  end: number,
  parameters: Partial<Record<keyof HdlcParameters, number>>,
): void {
  while (end - c.offset >= 2 && (c.bytes[c.offset + 1] as number) <= end - c.offset - 2) {
    c.open(F["parameters.parameter"]);
    const start = c.offset;
    const definition = definitions.get(c.u8(F["parameters.identifier"]));
    const length = c.u8(F["parameters.length"]);
    if (definition === undefined || length < 1 || length > 4) {
      c.octets(F["parameters.unknown"], length);
    } else {
      const value = c.unsigned(definition.field, length);
      parameters[definition.key] = value;
      if (value < definition.lowest || value > definition.highest) {
        const range = `${definition.lowest} to ${definition.highest}`;
        c.report(D["parameter-value"], start, c.offset, `${value} is not in ${range}`);
      }
      if (c.recording) c.dissection.recorder.describe(value, definition.field.name);
    }
    c.close();
  }
  readExcess(c, end);
}

function readExcess(c: Cursor, end: number): void {
  if (c.offset >= end) return;
  c.report(D.parameters, c.offset, end);
  c.octets(F["parameters.excess"], end - c.offset);
}
