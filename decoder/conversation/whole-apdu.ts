import type { Apdu } from "../xdlms/apdu-value.js";

/** Whether an APDU was read to its end: of one that was not, only the name is there. */
export function isReadToItsEnd(apdu: Apdu): boolean {
  for (const key in apdu) if (key !== "name") return true;
  return false;
}
