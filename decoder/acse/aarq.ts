/** AARQ: a client asks for an association. */
import type { Cursor } from "../core/cursor.js";
import { acseFields as F } from "./acse-fields.js";
import {
  type AuthenticationValue,
  isPassword,
  readAuthenticationValue,
} from "./authentication-value.js";
import {
  type Components,
  type Draft,
  decodeComponents,
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
import { readUserInformation, type UserInformation } from "./user-information.js";

export interface AssociationRequest {
  readonly name: "aarq";
  readonly "protocol-version"?: readonly string[];
  readonly "application-context-name"?: ApplicationContextName;
  readonly "called-ap-title"?: Uint8Array;
  readonly "called-ae-qualifier"?: Uint8Array;
  readonly "called-ap-invocation-id"?: number;
  readonly "called-ae-invocation-id"?: number;
  /** The client's system title. */
  readonly "calling-ap-title"?: Uint8Array;
  readonly "calling-ae-qualifier"?: Uint8Array;
  readonly "calling-ap-invocation-id"?: number;
  /** The client user's number. */
  readonly "calling-ae-invocation-id"?: number;
  readonly "sender-acse-requirements"?: readonly string[];
  readonly "mechanism-name"?: MechanismName;
  readonly "calling-authentication-value"?: AuthenticationValue;
  readonly "implementation-information"?: string;
  readonly "user-information"?: UserInformation;
}

const mechanismTag = 0x8b;

/** Reads an AARQ, tag included. Components that are broken are reported and left out. */
export function decodeAarq(c: Cursor): AssociationRequest {
  const aarq: Draft<AssociationRequest> = { name: "aarq" };
  decodeComponents(c, components, aarq);
  return aarq;
}

function components(content: Cursor): Components<AssociationRequest> {
  const hidden = isPassword(content, mechanismTag);
  return {
    ...plainComponents,
    12: {
      field: F.callingAuthenticationValue,
      read: (element, aarq) => {
        aarq["calling-authentication-value"] = readAuthenticationValue(element, hidden);
      },
    },
  };
}

const plainComponents: Components<AssociationRequest> = {
  0: {
    field: F.protocolVersion,
    read: (element, aarq) => {
      aarq["protocol-version"] = readProtocolVersion(element);
    },
  },
  1: {
    field: F.applicationContextName,
    read: (element, aarq) => {
      aarq["application-context-name"] = readObjectName(element, applicationContexts);
    },
  },
  2: {
    field: F.calledApTitle,
    read: (element, aarq) => {
      aarq["called-ap-title"] = readTitle(element);
    },
  },
  3: {
    field: F.calledAeQualifier,
    read: (element, aarq) => {
      aarq["called-ae-qualifier"] = readTitle(element);
    },
  },
  4: {
    field: F.calledApInvocationId,
    read: (element, aarq) => {
      aarq["called-ap-invocation-id"] = readIdentifier(element);
    },
  },
  5: {
    field: F.calledAeInvocationId,
    read: (element, aarq) => {
      aarq["called-ae-invocation-id"] = readIdentifier(element);
    },
  },
  6: {
    field: F.callingApTitle,
    read: (element, aarq) => {
      aarq["calling-ap-title"] = readTitle(element);
    },
  },
  7: {
    field: F.callingAeQualifier,
    read: (element, aarq) => {
      aarq["calling-ae-qualifier"] = readTitle(element);
    },
  },
  8: {
    field: F.callingApInvocationId,
    read: (element, aarq) => {
      aarq["calling-ap-invocation-id"] = readIdentifier(element);
    },
  },
  9: {
    field: F.callingAeInvocationId,
    read: (element, aarq) => {
      aarq["calling-ae-invocation-id"] = readIdentifier(element);
    },
  },
  10: {
    field: F.senderAcseRequirements,
    read: (element, aarq) => {
      aarq["sender-acse-requirements"] = readRequirements(element);
    },
  },
  11: {
    field: F.mechanismName,
    read: (element, aarq) => {
      aarq["mechanism-name"] = readImplicitObjectName(element, mechanisms);
    },
  },
  29: {
    field: F.implementationInformation,
    read: (element, aarq) => {
      aarq["implementation-information"] = readText(element);
    },
  },
  30: {
    field: F.userInformation,
    read: (element, aarq) => {
      const information = readUserInformation(element, aarq["calling-ap-title"]);
      if (information !== undefined) aarq["user-information"] = information;
    },
  },
};
