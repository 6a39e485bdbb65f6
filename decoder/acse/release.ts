/** RLRQ and RLRE: the end of an association. */
import type { Cursor } from "../core/cursor.js";
import { acseFields as F } from "./acse-fields.js";
import { type Element, integerType, unwrapImplicit } from "./ber.js";
import { type Components, type Draft, decodeComponents, readCode } from "./components.js";
import { readUserInformation, type UserInformation } from "./user-information.js";

export const requestReasons = { 0: "normal", 1: "urgent", 30: "user-defined" } as const;
export const responseReasons = { 0: "normal", 1: "not-finished", 30: "user-defined" } as const;

type WordOf<Words> = Words[keyof Words] | `reserved (${number})`;

export interface ReleaseRequest {
  readonly name: "rlrq";
  readonly reason?: WordOf<typeof requestReasons>;
  readonly "user-information"?: UserInformation;
}

export interface ReleaseResponse {
  readonly name: "rlre";
  readonly reason?: WordOf<typeof responseReasons>;
  readonly "user-information"?: UserInformation;
}

/** Reads an RLRQ, tag included. */
export function decodeRlrq(c: Cursor): ReleaseRequest {
  const rlrq: Draft<ReleaseRequest> = { name: "rlrq" };
  decodeComponents(c, () => requestComponents, rlrq);
  return rlrq;
}

/** Reads an RLRE, tag included. */
export function decodeRlre(c: Cursor): ReleaseResponse {
  const rlre: Draft<ReleaseResponse> = { name: "rlre" };
  decodeComponents(c, () => responseComponents, rlre);
  return rlre;
}

const userInformation = {
  field: F.userInformation,
  read: (element: Element, draft: { "user-information"?: UserInformation }) => {
    // Neither APDU names its sender; the association knows.
    const information = readUserInformation(element, undefined);
    if (information !== undefined) draft["user-information"] = information;
  },
};

const requestComponents: Components<ReleaseRequest> = {
  0: {
    field: F.reason,
    read: (element, rlrq) => {
      rlrq.reason = readCode(unwrapImplicit(element, integerType), requestReasons);
    },
  },
  30: userInformation,
};

const responseComponents: Components<ReleaseResponse> = {
  0: {
    field: F.reason,
    read: (element, rlre) => {
      rlre.reason = readCode(unwrapImplicit(element, integerType), responseReasons);
    },
  },
  30: userInformation,
};
