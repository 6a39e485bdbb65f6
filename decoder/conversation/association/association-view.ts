import type { Conformance } from "../../xdlms/conformance.js";

/** How far an association has come, and what it has agreed on. */
export interface AssociationView {
  /**
   * `unknown`: nothing was seen of its opening; it may be pre-established. `requested`: an AARQ is
   * not answered yet. `authenticating`: accepted, but passes 3 and 4 of HLS are not done.
   */
  readonly state:
    | "unknown"
    | "requested"
    | "authenticating"
    | "open"
    | "rejected"
    | "released"
    | "aborted";
  /** Whether the application context is one with ciphering; undefined while it is not known. */
  readonly ciphered: boolean | undefined;
  /** The authentication mechanism as in `mechanism-name`; undefined while it is not known. */
  readonly mechanism: string | undefined;
  /** Undefined until an InitiateResponse was read. */
  readonly conformance: readonly Conformance[] | undefined;
  /** Longest APDU that each side takes, in bytes; 0: no limit; undefined: not known. */
  readonly clientMaxReceivePduSize: number | undefined;
  readonly serverMaxReceivePduSize: number | undefined;
  /** Frames of the AARQ and the AARE; undefined where they were not seen. */
  readonly requestFrame: number | undefined;
  readonly responseFrame: number | undefined;
}
