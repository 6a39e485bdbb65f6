/** What the server sends by itself. IEC 62056-6-2, Push setup. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  array,
  captureObject,
  classId,
  dateTime,
  doubleLongUnsigned,
  enumOf,
  formed,
  integer,
  logicalName,
  longUnsigned,
  octetString,
  openStructure,
  structure,
  unsigned,
} from "../value-rule.js";
import { protectionParameters, restriction } from "./protection-parameters.js";

/** What is pushed; later versions of the class add to it. */
const firstObject = {
  class_id: classId,
  logical_name: logicalName,
  attribute_index: integer,
  data_index: longUnsigned,
};

const objectListMeaning =
  "The values that a push sends; an attribute_index of 0 is all of an object";

const firstAttributes = {
  2: fixed("push_object_list", array(openStructure(firstObject)), objectListMeaning),
  3: fixed(
    "send_destination_and_method",
    structure({
      transport_service: enumOf({
        0: "TCP",
        1: "UDP",
        2: "FTP",
        3: "SMTP",
        4: "SMS",
        5: "HDLC",
        6: "M-Bus",
        7: "ZigBee",
        8: "DLMS gateway",
      }),
      destination: octetString,
      message: enumOf({ 0: "A-XDR encoded xDLMS APDU", 1: "XML encoded xDLMS APDU" }),
    }),
  ),
  4: fixed(
    "communication_window",
    array(structure({ start_time: dateTime, end_time: dateTime })),
    "When pushes may be sent; none: at any time",
  ),
  5: fixed(
    "randomisation_start_interval",
    longUnsigned,
    "Seconds by which a push is delayed at most, by chance, so that meters do not all send at once",
  ),
  6: fixed("number_of_retries", unsigned),
  7: fixed("repetition_delay", longUnsigned, "Seconds between a push that failed and the next try"),
};

const secondAttributes = {
  ...firstAttributes,
  2: fixed(
    "push_object_list",
    array(openStructure({ ...firstObject, restriction })),
    objectListMeaning,
  ),
  8: fixed("port_reference", formed("logical-name", "octet-string")),
  9: fixed("push_client_SAP", integer),
  10: fixed("push_protection_parameters", protectionParameters),
};

const thirdAttributes = {
  ...secondAttributes,
  2: fixed(
    "push_object_list",
    array(openStructure({ ...firstObject, restriction, columns: array(captureObject) })),
    objectListMeaning,
  ),
  7: fixed(
    "repetition_delay",
    structure({
      repetition_delay_min: longUnsigned,
      repetition_delay_exponent: longUnsigned,
      repetition_delay_max: longUnsigned,
    }),
    "How the delay grows from one try to the next",
  ),
  11: fixed(
    "push_operation_method",
    enumOf({
      0: "unconfirmed; again when the layer below fails",
      1: "unconfirmed; again when the layer below does not confirm",
      2: "confirmed; again when no confirmation comes",
    }),
  ),
  12: fixed(
    "confirmation_parameters",
    structure({
      confirmation_start_date: dateTime,
      confirmation_interval: doubleLongUnsigned,
    }),
  ),
  13: dynamic("last_confirmation_date_time", dateTime),
};

const firstMethods = { 1: method("push", integer) };
const thirdMethods = { ...firstMethods, 2: method("reset", integer) };

export const pushSetup = (): InterfaceClass => ({
  id: 40,
  name: "Push setup",
  meaning: "Which values the server sends by itself, where to, and when",
  versions: {
    0: { attributes: firstAttributes, methods: firstMethods },
    1: { attributes: secondAttributes, methods: firstMethods },
    2: { attributes: thirdAttributes, methods: thirdMethods },
    3: { attributes: thirdAttributes, methods: thirdMethods },
  },
});
