/** Speeds of ports, as several classes number them. IEC 62056-6-2, IEC local port setup. */
import { enumOf } from "../value-rule.js";

/** An enum of speeds in baud. */
export const baudRate = enumOf({
  0: "300 baud",
  1: "600 baud",
  2: "1 200 baud",
  3: "2 400 baud",
  4: "4 800 baud",
  5: "9 600 baud",
  6: "19 200 baud",
  7: "38 400 baud",
  8: "57 600 baud",
  9: "115 200 baud",
});
