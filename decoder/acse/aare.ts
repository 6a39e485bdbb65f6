/** AARE: the server's answer to an AARQ. */
import type { Cursor } from "../core/cursor.js";
import { acseFields as F } from "./acse-fields.js";
import {
  type AuthenticationValue,
  isPassword,
  readAuthenticationValue,
} from "./authentication-value.js";
import { integerType, unwrapExplicit } from "./ber.js";
import {
  type Components,
  type Draft,
  decodeComponents,
  readCode,
  readIdentifier,
  readImplicitObjectName,
  readObjectName,
  readProtocolVersion,
  readRequirements,
  readText,
  readTitle,
} from "./components.js";
import {
  type ApplicationContextName,
  applicationContexts,
  type MechanismName,
  mechanisms,
} from "./object-name.js";
import { type ResultSourceDiagnostic, readResultSourceDiagnostic } from "./result-source.js";
import { readUserInformation, type UserInformation } from "./user-information.js";

export const results = { 0: "accepted", 1: "rejected-permanent", 2: "rejected-transient" } as const;

export interface AssociationResponse {
  readonly name: "aare";
  readonly "protocol-version"?: readonly string[];
  readonly "application-context-name"?: ApplicationContextName;
  readonly result?: (typeof results)[keyof typeof results] | `reserved (${number})`;
  readonly "result-source-diagnostic"?: ResultSourceDiagnostic;
  /** The server's system title. */
  readonly "responding-ap-title"?: Uint8Array;
  readonly "responding-ae-qualifier"?: Uint8Array;
  readonly "responding-ap-invocation-id"?: number;
  readonly "responding-ae-invocation-id"?: number;
  readonly "responder-acse-requirements"?: readonly string[];
  readonly "mechanism-name"?: MechanismName;
  readonly "responding-authentication-value"?: AuthenticationValue;
  readonly "implementation-information"?: string;
  readonly "user-information"?: UserInformation;
}

const mechanismTag = 0x89;

/** Reads an AARE, tag included. Components that are broken are reported and left out. */
export function decodeAare(c: Cursor): AssociationResponse {
  const aare: Draft<AssociationResponse> = { name: "aare" };
  decodeComponents(c, components, aare);
  return aare;
}

function components(content: Cursor): Components<AssociationResponse> {
  const hidden = isPassword(content, mechanismTag);
  return {
    ...plainComponents,
    10: {
      field: F.respondingAuthenticationValue,
      read: (element, aare) => {
        aare["responding-authentication-value"] = readAuthenticationValue(element, hidden);
      },
    },
  };
}

const plainComponents: Components<AssociationResponse> = {
  0: {
    field: F.protocolVersion,
    read: (element, aare) => {
      aare["protocol-version"] = readProtocolVersion(element);
    },
  },
  1: {
    field: F.applicationContextName,
    read: (element, aare) => {
      aare["application-context-name"] = readObjectName(element, applicationContexts);
    },
  },
  2: {
    field: F.result,
    read: (element, aare) => {
      aare.result = readCode(unwrapExplicit(element, integerType), results);
    },
  },
  3: {
    field: F.resultSourceDiagnostic,
    read: (element, aare) => {
      const diagnostic = readResultSourceDiagnostic(element);
      if (diagnostic !== undefined) aare["result-source-diagnostic"] = diagnostic;
    },
  },
  4: {
    field: F.respondingApTitle,
    read: (element, aare) => {
      aare["responding-ap-title"] = readTitle(element);
    },
  },
  5: {
    field: F.respondingAeQualifier,
    read: (element, aare) => {
      aare["responding-ae-qualifier"] = readTitle(element);
    },
  },
  6: {
    field: F.respondingApInvocationId,
    read: (element, aare) => {
      aare["responding-ap-invocation-id"] = readIdentifier(element);
    },
  },
  7: {
    field: F.respondingAeInvocationId,
    read: (element, aare) => {
      aare["responding-ae-invocation-id"] = readIdentifier(element);
    },
  },
  8: {
    field: F.responderAcseRequirements,
    read: (element, aare) => {
      aare["responder-acse-requirements"] = readRequirements(element);
    },
  },
  9: {
    field: F.mechanismName,
    read: (element, aare) => {
      aare["mechanism-name"] = readImplicitObjectName(element, mechanisms);
    },
  },
  29: {
    field: F.implementationInformation,
    read: (element, aare) => {
      aare["implementation-information"] = readText(element);
    },
  },
  30: {
    field: F.userInformation,
    read: (element, aare) => {
      const information = readUserInformation(element, aare["responding-ap-title"]);
      if (information !== undefined) aare["user-information"] = information;
    },
  },
};
