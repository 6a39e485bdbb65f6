/**
 * Associations: who may talk with the server, and which objects it has for them. IEC 62056-6-2,
 * Association SN, Association LN, SAP assignment.
 */
import type { ValueTable } from "../../core/fields.js";
import { conformanceBits } from "../../xdlms/conformance.js";
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitsOf,
  boolean,
  choice,
  classId,
  enumOf,
  formed,
  integer,
  logicalName,
  longUnsigned,
  octetString,
  openStructure,
  structure,
  text,
  unsigned,
  type ValueRule,
  visibleString,
} from "../value-rule.js";

// Base names above 7FFF are no positive long: some send them as they are meant.
const baseName = formed("hex", "long", "long-unsigned");

/** Rights that stand together in one list of modes. */
const firstAttributeModes: ValueTable = {
  0: "no_access",
  1: "read_only",
  2: "write_only",
  3: "read_and_write",
};
const attributeModes: ValueTable = {
  ...firstAttributeModes,
  4: "authenticated_read_only",
  5: "authenticated_write_only",
  6: "authenticated_read_and_write",
};
const methodModes: ValueTable = { 0: "no_access", 1: "access", 2: "authenticated_access" };

/** The bits that Association LN has since version 3, Association SN since version 4. */
const protectionBits: ValueTable = {
  2: "authenticated request",
  3: "encrypted request",
  4: "digitally signed request",
  5: "authenticated response",
  6: "encrypted response",
  7: "digitally signed response",
};
export const attributeAccessBits: ValueTable = {
  0: "read-access",
  1: "write-access",
  ...protectionBits,
};
export const methodAccessBits: ValueTable = { 0: "access", ...protectionBits };
const attributeModeBits = bitsOf("enum", attributeAccessBits);
const methodModeBits = bitsOf("enum", methodAccessBits);

function attributeAccess(mode: ValueRule): ValueRule {
  return array(
    structure({ attribute_id: integer, access_mode: mode, access_selectors: array(integer) }),
  );
}

function methodAccess(mode: ValueRule): ValueRule {
  return array(structure({ method_id: integer, access_mode: mode }));
}

const user = structure({ user_id: unsigned, user_name: visibleString });
const securitySetupReference = formed("logical-name", "octet-string");

function accessRightsOfShortNames(attributeMode: ValueRule, methodMode: ValueRule): ValueRule {
  return array(
    structure({
      base_name: baseName,
      attribute_access: attributeAccess(attributeMode),
      method_access: methodAccess(methodMode),
    }),
  );
}

const shortNameObjects = array(
  structure({
    base_name: baseName,
    class_id: classId,
    version: unsigned,
    logical_name: logicalName,
  }),
);

const firstShortNameAttributes = {
  2: fixed(
    "object_list",
    shortNameObjects,
    "The objects of the association, with their base names",
  ),
};
const firstShortNameMethods = {
  1: method("getlist_by_classlist", anything),
  2: method("getobj_by_logicalname", anything),
  3: method("read_by_logicalname", anything, "Reads attributes that logical names tell"),
  4: method("get_attributes&methods", anything),
  5: method("change_LLS_secret", octetString),
  6: method("change_HLS_secret", octetString),
  7: method("get_HLS_challenge", anything),
  8: method("reply_to_HLS_challenge", octetString, "The client's answer to the server's challenge"),
};
const secondShortNameAttributes = {
  ...firstShortNameAttributes,
  3: fixed(
    "access_rights_list",
    accessRightsOfShortNames(enumOf(attributeModes), enumOf(methodModes)),
  ),
};
const secondShortNameMethods = {
  ...firstShortNameMethods,
  8: method("reply_to_HLS_authentication", octetString, "The client's answer to the challenge"),
};
const thirdShortNameAttributes = {
  ...secondShortNameAttributes,
  4: fixed("security_setup_reference", securitySetupReference),
};
const fourthShortNameAttributes = {
  ...thirdShortNameAttributes,
  5: fixed("user_list", array(user)),
  6: dynamic("current_user", user),
};
const fourthShortNameMethods = {
  3: firstShortNameMethods[3],
  5: method("change_secret", octetString),
  8: secondShortNameMethods[8],
  9: method("add_user", user),
  10: method("remove_user", user),
};

export const associationShortName = (): InterfaceClass => ({
  id: 12,
  name: "Association SN",
  meaning: "An association of a server that is addressed by short names",
  versions: {
    0: { attributes: firstShortNameAttributes, methods: firstShortNameMethods },
    1: { attributes: secondShortNameAttributes, methods: secondShortNameMethods },
    2: { attributes: thirdShortNameAttributes, methods: secondShortNameMethods },
    3: { attributes: fourthShortNameAttributes, methods: fourthShortNameMethods },
    4: {
      attributes: {
        ...fourthShortNameAttributes,
        3: fixed("access_rights_list", accessRightsOfShortNames(attributeModeBits, methodModeBits)),
      },
      methods: fourthShortNameMethods,
    },
  },
});

function objectOf(attributeMode: ValueRule, methodMode: ValueRule): ValueRule {
  return structure({
    class_id: classId,
    version: unsigned,
    logical_name: logicalName,
    access_rights: structure({
      attribute_access: attributeAccess(attributeMode),
      method_access: methodAccess(methodMode),
    }),
  });
}

const firstObject = objectOf(enumOf(firstAttributeModes), boolean);
const secondObject = objectOf(enumOf(attributeModes), enumOf(methodModes));
const fourthObject = objectOf(attributeModeBits, methodModeBits);

/** The last arc of an object identifier, in whatever type of number it comes. */
function lastArc(values: ValueTable): ValueRule {
  return { kind: "enum", types: ["unsigned", "integer", "long-unsigned", "enum"], values };
}

const contextName = choice(
  openStructure({
    joint_iso_ctt_element: anything,
    country_element: anything,
    country_name_element: anything,
    identified_organization_element: anything,
    DLMS_UA_element: anything,
    application_context_element: anything,
    context_id_element: lastArc({
      1: "logical names, no ciphering",
      2: "short names, no ciphering",
      3: "logical names, with ciphering",
      4: "short names, with ciphering",
    }),
  }),
  octetString,
);

const mechanismName = choice(
  openStructure({
    joint_iso_ctt_element: anything,
    country_element: anything,
    country_name_element: anything,
    identified_organization_element: anything,
    DLMS_UA_element: anything,
    authentication_mechanism_name_element: anything,
    mechanism_id_element: lastArc({
      0: "lowest level security",
      1: "low level security",
      2: "high level security",
      3: "high level security with MD5",
      4: "high level security with SHA-1",
      5: "high level security with GMAC",
      6: "high level security with SHA-256",
      7: "high level security with ECDSA",
    }),
  }),
  octetString,
);

const contextInfo = structure({
  conformance: bitsOf("bit-string", { ...conformanceBits }),
  max_receive_pdu_size: longUnsigned,
  max_send_pdu_size: longUnsigned,
  dlms_version_number: unsigned,
  quality_of_service: integer,
  cyphering_info: octetString,
});

const firstAttributes = {
  2: fixed("object_list", array(firstObject), "The objects of the association, and the rights"),
  3: fixed("associated_partners_id", structure({ client_SAP: integer, server_SAP: longUnsigned })),
  4: fixed("application_context_name", contextName),
  5: fixed("xDLMS_context_info", contextInfo, "What the two ends agreed on"),
  6: fixed("authentication_mechanism_name", mechanismName),
  7: fixed("LLS_secret", octetString),
  8: dynamic(
    "association_status",
    enumOf({ 0: "non-associated", 1: "association-pending", 2: "associated" }),
  ),
};
const firstMethods = {
  1: method("reply_to_HLS_authentication", octetString, "The client's answer to the challenge"),
  2: method("change_HLS_secret", octetString),
  3: method("add_object", firstObject),
  4: method("remove_object", firstObject),
};
const secondAttributes = {
  ...firstAttributes,
  2: fixed("object_list", array(secondObject), "The objects of the association, and the rights"),
  7: fixed("secret", octetString),
  9: fixed("security_setup_reference", securitySetupReference),
};
const secondMethods = {
  ...firstMethods,
  3: method("add_object", secondObject),
  4: method("remove_object", secondObject),
};
const thirdAttributes = {
  ...secondAttributes,
  10: fixed("user_list", array(user)),
  11: dynamic("current_user", user),
};
const thirdMethods = {
  ...secondMethods,
  5: method("add_user", user),
  6: method("remove_user", user),
};

export const associationLogicalName = (): InterfaceClass => ({
  id: 15,
  name: "Association LN",
  meaning: "An association of a server that is addressed by logical names",
  versions: {
    0: { attributes: firstAttributes, methods: firstMethods },
    1: { attributes: secondAttributes, methods: secondMethods },
    2: { attributes: thirdAttributes, methods: thirdMethods },
    3: {
      attributes: {
        ...thirdAttributes,
        2: fixed(
          "object_list",
          array(fourthObject),
          "The objects of the association, and the rights",
        ),
      },
      methods: {
        ...thirdMethods,
        3: method("add_object", fourthObject),
        4: method("remove_object", fourthObject),
      },
    },
  },
});

const assignment = structure({ SAP: longUnsigned, logical_device_name: text });

export const sapAssignment = (): InterfaceClass => ({
  id: 17,
  name: "SAP assignment",
  meaning: "Lists the logical devices of a physical one, with their addresses",
  versions: {
    0: {
      attributes: { 2: fixed("SAP_assignment_list", array(assignment)) },
      methods: { 1: method("connect_logical_device", assignment) },
    },
  },
});
