import { acseApdus } from "../acse/acse-apdus.js";
import type { Cursor } from "../core/cursor.js";
import { readLayer } from "../core/layer.js";
import { cipheredApdus } from "../security/ciphered-apdu.js";
import { accessApdus } from "./access.js";
import { actionApdus } from "./action.js";
import type { ApduDefinition } from "./apdu-definition.js";
import { confirmedServiceErrorApdus } from "./confirmed-service-error.js";
import { dataNotificationApdus } from "./data-notification.js";
import { eventNotificationApdus } from "./event-notification.js";
import { exceptionResponseApdus } from "./exception-response.js";
import { gatewayApdus } from "./gateway.js";
import { generalBlockTransferApdus } from "./general-block-transfer.js";
import { getApdus } from "./get.js";
import { informationReportApdus } from "./information-report.js";
import { initiateApdus } from "./initiate.js";
import { readApdus } from "./read.js";
import { setApdus } from "./set.js";
import { isTextForApdu, readUnknownApdu } from "./unknown-apdu.js";
import { writeApdus } from "./write.js";

/** Every APDU that can be read. */
export const apduDefinitions: readonly ApduDefinition[] = [
  ...initiateApdus,
  ...readApdus,
  ...writeApdus,
  ...informationReportApdus,
  ...confirmedServiceErrorApdus,
  ...dataNotificationApdus,
  ...acseApdus,
  ...getApdus,
  ...setApdus,
  ...actionApdus,
  ...eventNotificationApdus,
  ...exceptionResponseApdus,
  ...accessApdus,
  ...generalBlockTransferApdus,
  ...gatewayApdus,
  ...cipheredApdus,
];

const definitionOfTag: (ApduDefinition | undefined)[] = new Array(256).fill(undefined);
for (const definition of apduDefinitions) definitionOfTag[definition.tag] = definition;

/**
 * Reads the cursor's bytes as one APDU, as a layer. The value becomes the dissection's `apdu`; one
 * that could not be read to its end leaves its name there. Bytes that are no APDU are explained.
 */
export function readApdu(c: Cursor): void {
  const tag = c.peek();
  const definition = tag === undefined ? undefined : definitionOfTag[tag];
  const { dissection } = c;
  if (definition === undefined || isTextForApdu(c)) {
    const unknown = readUnknownApdu(c);
    // What carries it has been read, and says more.
    dissection.apdu ??= unknown;
    return;
  }
  const layer = dissection.layers.length;
  const { source, offset: start, end } = c;
  const length = end - start;
  const apdu = { name: definition.name, source, start, end, length };
  const index = dissection.apdus.push(apdu) - 1;
  const value = readLayer(c, definition.name, definition.field, definition.decode);
  const name = dissection.layers[layer] ?? definition.name;
  if (name !== definition.name) dissection.apdus[index] = { name, source, start, end, length };
  dissection.apdu = value ?? { name };
}
