import { type Cursor, DecodeError } from "./cursor.js";
import { coreDiagnostics } from "./diagnostics.js";
import { defineFields, type Field } from "./fields.js";

const F = defineFields("core", {
  undecoded: {
    name: "Undecoded bytes",
    type: "bytes",
    meaning: "Bytes that no rule of the message explains",
  },
});

/**
 * The boundary of a layer: the one place that catches `DecodeError`, turns it into a diagnostic and
 * keeps everything read so far. `name` is added to the layers, `field` is the node that holds the
 * layer's fields. Bytes that the layer leaves over become an `undecoded` leaf, with a diagnostic
 * unless an error has already said why. Any other exception is a bug and passes through.
 *
 * Returns what `decode` returned, or undefined where the layer could not be read to its end.
 */
export function readLayer<Value>(
  c: Cursor,
  name: string,
  field: Field,
  decode: (cursor: Cursor) => Value,
): Value | undefined {
  return readLayerWith(c, name, field, decode, undefined);
}

/** The same where `decode` takes something with it; spares a function for every layer. */
export function readLayerWith<Value, More>(
  c: Cursor,
  name: string,
  field: Field,
  decode: (cursor: Cursor, more: More) => Value,
  more: More,
): Value | undefined {
  c.dissection.layers.push(name);
  c.open(field);
  const value = readPartWith(c, decode, more);
  c.close();
  return value;
}

/**
 * The same for a part of a layer that stands apart from the rest (an element of a type-length-value
 * encoding): what is wrong inside of it does not keep its neighbours from being read. No node and
 * no layer name are added.
 */
export function readPart<Value>(c: Cursor, decode: (cursor: Cursor) => Value): Value | undefined {
  return readPartWith(c, decode, undefined);
}

function readPartWith<Value, More>(
  c: Cursor,
  decode: (cursor: Cursor, more: More) => Value,
  more: More,
): Value | undefined {
  const { recorder } = c.dissection;
  const depth = recorder.depth;
  let value: Value | undefined;
  let failed = false;
  try {
    value = decode(c, more);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    failed = true;
    while (recorder.depth > depth) c.close();
    c.dissection.diagnostics.push(error.diagnostic);
  }
  if (c.offset < c.end) {
    if (!failed) c.report(coreDiagnostics["trailing-bytes"], c.offset, c.end);
    markUndecoded(c);
  }
  return value;
}

/** Everything up to the cursor's end becomes an `undecoded` leaf. */
export function markUndecoded(c: Cursor): void {
  if (c.offset < c.end) c.octets(F.undecoded, c.remaining);
}
