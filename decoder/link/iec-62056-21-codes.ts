/** Characters of IEC 62056-21 and what they say. */

/** Baud rate identifications: digits of mode C and E, letters of mode B. */
export const baudRates: Readonly<Record<string, number>> = {
  "0": 300,
  "1": 600,
  "2": 1200,
  "3": 2400,
  "4": 4800,
  "5": 9600,
  "6": 19200,
  A: 600,
  B: 1200,
  C: 2400,
  D: 4800,
  E: 9600,
  F: 19200,
};

/** Mode control characters of the acknowledgement with option select. */
export const optionModes: Readonly<Record<string, string>> = {
  "0": "data readout",
  "1": "programming mode",
  "2": "binary mode, HDLC",
};

/** Commands of the programming mode. */
export const commands: Readonly<Record<string, string>> = {
  P0: "password: operand for the secure algorithm",
  P1: "password: operand for comparison",
  P2: "password: result of the secure algorithm",
  W1: "write ASCII-coded data",
  W2: "write formatted data",
  W3: "write ASCII-coded data, partial block",
  W4: "write formatted data, partial block",
  R1: "read ASCII-coded data",
  R2: "read formatted data",
  R3: "read ASCII-coded data, partial block",
  R4: "read formatted data, partial block",
  E2: "execute formatted data",
  B0: "break, complete sign-off",
};
