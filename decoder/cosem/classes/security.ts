/** Keys, certificates, and what is to be protected. IEC 62056-6-2, Security setup, COSEM data protection. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitsOf,
  choice,
  classId,
  doubleLongUnsigned,
  enumOf,
  formed,
  integer,
  logicalName,
  longUnsigned,
  octetString,
  openStructure,
  structure,
  systemTitle,
  unsigned,
} from "../value-rule.js";
import { protectionParameters } from "./protection-parameters.js";

/** What requests and responses have to be, as bits of an enum. */
const requiredProtection = bitsOf("enum", {
  2: "authenticated request",
  3: "encrypted request",
  4: "digitally signed request",
  5: "authenticated response",
  6: "encrypted response",
  7: "digitally signed response",
});

const firstPolicy = enumOf({
  0: "nothing",
  1: "all messages authenticated",
  2: "all messages encrypted",
  3: "all messages authenticated and encrypted",
});
const firstSuite = { 0: "AES-GCM-128 with AES-128 key wrap" };

const firstKeys = {
  0: "global unicast encryption key",
  1: "global broadcast encryption key",
  2: "authentication key",
};
const keyId = enumOf({ ...firstKeys, 3: "master key" });
const keyPair = enumOf({
  0: "digital signature key pair",
  1: "key agreement key pair",
  2: "TLS key pair",
});

const certificateEntity = enumOf({
  0: "server",
  1: "client",
  2: "certification authority",
  3: "other",
});
const certificateType = enumOf({
  0: "digital signature",
  1: "key agreement",
  2: "TLS",
  3: "other",
});
const certificateIdentification = structure({
  certificate_identification_type: enumOf({
    0: "certificate_identification_entity",
    1: "certificate_identification_serial",
  }),
  certification_identification_options: choice(
    structure({
      certificate_entity: certificateEntity,
      certificate_type: certificateType,
      system_title: systemTitle,
    }),
    structure({ serial_number: octetString, issuer: octetString }),
  ),
});

const firstAttributes = {
  2: fixed("security_policy", firstPolicy),
  3: fixed("security_suite", enumOf(firstSuite)),
  4: dynamic("client_system_title", systemTitle),
  5: fixed("server_system_title", systemTitle),
};

export const securitySetup = (): InterfaceClass => ({
  id: 64,
  name: "Security setup",
  meaning: "How the messages between a client and the server are protected, and with which keys",
  versions: {
    0: {
      attributes: firstAttributes,
      methods: {
        1: method("security_activate", firstPolicy, "Makes the policy stronger"),
        2: method(
          "global_key_transfer",
          array(structure({ key_id: enumOf(firstKeys), key_wrapped: octetString })),
          "New keys, wrapped with the master key",
        ),
      },
    },
    1: {
      attributes: {
        ...firstAttributes,
        2: fixed("security_policy", requiredProtection),
        3: fixed(
          "security_suite",
          enumOf({
            ...firstSuite,
            1: "AES-GCM-128, ECDSA and ECDH with P-256, SHA-256, V.44, AES-128 key wrap",
            2: "AES-GCM-256, ECDSA and ECDH with P-384, SHA-384, V.44, AES-256 key wrap",
          }),
        ),
        6: dynamic(
          "certificates",
          array(
            structure({
              certificate_entity: certificateEntity,
              certificate_type: certificateType,
              serial_number: octetString,
              issuer: octetString,
              subject: octetString,
              subject_alt_name: octetString,
            }),
          ),
          "The X.509 certificates that the server has",
        ),
      },
      methods: {
        1: method("security_activate", requiredProtection, "Makes the policy stronger"),
        2: method(
          "key_transfer",
          array(structure({ key_id: keyId, key_wrapped: octetString })),
          "New keys, wrapped with the master key",
        ),
        3: method(
          "key_agreement",
          array(structure({ key_id: keyId, key_data: octetString })),
          "The client's part of new keys; the server answers with its own",
        ),
        4: method("generate_key_pair", keyPair),
        5: method("generate_certificate_request", keyPair),
        6: method("import_certificate", octetString),
        7: method("export_certificate", certificateIdentification),
        8: method("remove_certificate", certificateIdentification),
      },
    },
  },
});

export const dataProtection = (): InterfaceClass => ({
  id: 30,
  name: "COSEM data protection",
  meaning: "Protects attributes and methods of other objects from end to end, past the association",
  versions: {
    0: {
      attributes: {
        2: dynamic("protection_buffer", octetString, "The protected values"),
        3: fixed(
          "protection_object_list",
          array(
            openStructure({
              class_id: classId,
              logical_name: logicalName,
              attribute_index: integer,
              data_index: longUnsigned,
            }),
          ),
          "The attributes whose values the buffer holds",
        ),
        4: fixed("protection_parameters_get", protectionParameters),
        5: fixed("protection_parameters_set", protectionParameters),
        6: fixed("required_protection", requiredProtection),
      },
      methods: {
        1: method("get_protected_attributes", anything),
        2: method("set_protected_attributes", anything),
        3: method("invoke_protected_method", anything),
      },
    },
  },
});

export const communicationPortProtection = (): InterfaceClass => ({
  id: 124,
  name: "Communication port protection",
  meaning: "Locks a port for a while after too many failed attempts to get in",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "protection_mode",
          enumOf({ 0: "locked", 1: "locked on failed attempts", 2: "unlocked" }),
        ),
        3: fixed("allowed_failed_attempts", longUnsigned),
        4: fixed("initial_lockout_time", doubleLongUnsigned, "In seconds"),
        5: fixed(
          "steepness_factor",
          unsigned,
          "How much longer each lockout is than the one before",
        ),
        6: fixed("max_lockout_time", doubleLongUnsigned, "In seconds"),
        7: fixed("port_reference", formed("logical-name", "octet-string")),
        8: dynamic(
          "protection_status",
          enumOf({ 0: "unlocked", 1: "temporarily locked", 2: "locked" }),
        ),
        9: dynamic("failed_attempts", doubleLongUnsigned),
        10: dynamic("cumulative_failed_attempts", doubleLongUnsigned, "Never set back"),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});
