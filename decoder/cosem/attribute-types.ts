/**
 * What the attributes of the widely used interface classes may hold, after IEC 62056-6-2, COSEM
 * interface classes: names, data types, and the shape of structures. What differs between versions of
 * a class is a choice. Attributes that are not here may hold anything.
 */
import type { Data } from "../xdlms/data.js";

export type DataType = Data["type"];

/** What a value may be. `null-data` always may stand for it. */
export type ValueRule =
  | { readonly kind: "anything" }
  /** One of these types; with `length`, an octet-string of so many bytes. */
  | { readonly kind: "types"; readonly types: readonly DataType[]; readonly length?: number }
  /** An octet-string of 12, 5 or 4 bytes, or the type of that name. */
  | { readonly kind: "date-time" | "date" | "time" }
  | { readonly kind: "array"; readonly element: ValueRule }
  /** These members; more may follow where a later version has added some. */
  | { readonly kind: "structure"; readonly members: readonly ValueRule[]; readonly open: boolean }
  | { readonly kind: "choice"; readonly of: readonly ValueRule[] };

export interface AttributeType {
  /** The standard's name: `scaler_unit`. */
  readonly name: string;
  readonly rule: ValueRule;
}

/**
 * The attribute with this number of the class; undefined where nothing is known of it. The logical
 * name is attribute 1 of every class.
 */
export function findAttributeType(classId: number, attribute: number): AttributeType | undefined {
  if (attribute === 1) return logicalNameAttribute;
  return classes[classId]?.attributes[attribute];
}

/** The name of a class of this table: `Profile generic`. */
export function findClassName(classId: number): string | undefined {
  return classes[classId]?.name;
}

interface ClassTypes {
  readonly name: string;
  readonly attributes: Readonly<Partial<Record<number, AttributeType>>>;
}

const anything: ValueRule = { kind: "anything" };
const dateTime: ValueRule = { kind: "date-time" };
const date: ValueRule = { kind: "date" };
const time: ValueRule = { kind: "time" };

const bitString = types("bit-string");
const boolean = types("boolean");
const doubleLongUnsigned = types("double-long-unsigned");
const enumerated = types("enum");
const integer = types("integer");
const long = types("long");
const longUnsigned = types("long-unsigned");
const octetString = types("octet-string");
const unsigned = types("unsigned");
const visibleString = types("visible-string");
const logicalName: ValueRule = { kind: "types", types: ["octet-string"], length: 6 };

const logicalNameAttribute: AttributeType = { name: "logical_name", rule: logicalName };

const simpleTypes: readonly DataType[] = [
  "boolean",
  "bit-string",
  "double-long",
  "double-long-unsigned",
  "floating-point",
  "octet-string",
  "visible-string",
  "utf8-string",
  "bcd",
  "integer",
  "long",
  "unsigned",
  "long-unsigned",
  "long64",
  "long64-unsigned",
  "enum",
  "float32",
  "float64",
  "date-time",
  "date",
  "time",
];

/** The simple types without those that no register has: boolean, date and time. */
const registerValue = types(
  ...simpleTypes.filter((type) => !["boolean", "date-time", "date", "time"].includes(type)),
);

const status = types(
  "bit-string",
  "double-long-unsigned",
  "octet-string",
  "visible-string",
  "utf8-string",
  "unsigned",
  "long-unsigned",
  "long64-unsigned",
);

const scalerUnit = structure(integer, enumerated);
const captureObject = structure(longUnsigned, logicalName, integer, longUnsigned);
const monitoredValue = structure(longUnsigned, logicalName, integer);
const scriptReference = structure(logicalName, longUnsigned);
const twoScripts = structure(scriptReference, scriptReference);
const user = structure(unsigned, visibleString);
/** An object identifier as a structure of its seven arcs, or encoded. */
const objectIdentifier = choice(openStructure(...repeat(7, anything)), octetString);

const seasons = array(structure(octetString, dateTime, octetString));
const weeks = array(structure(octetString, ...repeat(7, unsigned)));
const days = array(structure(unsigned, array(structure(time, logicalName, longUnsigned))));

const classes: Readonly<Partial<Record<number, ClassTypes>>> = {
  1: { name: "Data", attributes: { 2: { name: "value", rule: anything } } },
  3: {
    name: "Register",
    attributes: {
      2: { name: "value", rule: registerValue },
      3: { name: "scaler_unit", rule: scalerUnit },
    },
  },
  4: {
    name: "Extended register",
    attributes: {
      2: { name: "value", rule: registerValue },
      3: { name: "scaler_unit", rule: scalerUnit },
      4: { name: "status", rule: status },
      5: { name: "capture_time", rule: dateTime },
    },
  },
  5: {
    name: "Demand register",
    attributes: {
      2: { name: "current_average_value", rule: registerValue },
      3: { name: "last_average_value", rule: registerValue },
      4: { name: "scaler_unit", rule: scalerUnit },
      5: { name: "status", rule: status },
      6: { name: "capture_time", rule: dateTime },
      7: { name: "start_time_current", rule: dateTime },
      8: { name: "period", rule: doubleLongUnsigned },
      9: { name: "number_of_periods", rule: longUnsigned },
    },
  },
  6: {
    name: "Register activation",
    attributes: {
      2: { name: "register_assignment", rule: array(structure(longUnsigned, logicalName)) },
      3: { name: "mask_list", rule: array(structure(octetString, array(unsigned))) },
      4: { name: "active_mask", rule: octetString },
    },
  },
  7: {
    name: "Profile generic",
    attributes: {
      2: { name: "buffer", rule: array(anything) },
      3: { name: "capture_objects", rule: array(captureObject) },
      4: { name: "capture_period", rule: doubleLongUnsigned },
      5: { name: "sort_method", rule: enumerated },
      6: { name: "sort_object", rule: captureObject },
      7: { name: "entries_in_use", rule: doubleLongUnsigned },
      8: { name: "profile_entries", rule: doubleLongUnsigned },
    },
  },
  8: {
    name: "Clock",
    attributes: {
      2: { name: "time", rule: dateTime },
      3: { name: "time_zone", rule: long },
      4: { name: "status", rule: unsigned },
      5: { name: "daylight_savings_begin", rule: dateTime },
      6: { name: "daylight_savings_end", rule: dateTime },
      7: { name: "daylight_savings_deviation", rule: integer },
      8: { name: "daylight_savings_enabled", rule: boolean },
      9: { name: "clock_base", rule: enumerated },
    },
  },
  9: {
    name: "Script table",
    attributes: {
      2: {
        name: "scripts",
        rule: array(
          structure(
            longUnsigned,
            array(structure(enumerated, longUnsigned, logicalName, integer, anything)),
          ),
        ),
      },
    },
  },
  10: {
    name: "Schedule",
    attributes: {
      2: {
        name: "entries",
        rule: array(
          structure(
            longUnsigned,
            boolean,
            logicalName,
            longUnsigned,
            time,
            longUnsigned,
            bitString,
            bitString,
            date,
            date,
          ),
        ),
      },
    },
  },
  11: {
    name: "Special days table",
    attributes: { 2: { name: "entries", rule: array(structure(longUnsigned, date, unsigned)) } },
  },
  12: {
    name: "Association SN",
    attributes: {
      2: {
        name: "object_list",
        // Base names above 7FFF are no positive long: some send them as they are meant.
        rule: array(structure(types("long", "long-unsigned"), longUnsigned, unsigned, logicalName)),
      },
    },
  },
  15: {
    name: "Association LN",
    attributes: {
      2: {
        name: "object_list",
        rule: array(
          structure(
            longUnsigned,
            unsigned,
            logicalName,
            structure(array(anything), array(anything)),
          ),
        ),
      },
      3: { name: "associated_partners_id", rule: structure(integer, longUnsigned) },
      4: { name: "application_context_name", rule: objectIdentifier },
      5: {
        name: "xDLMS_context_info",
        rule: structure(bitString, longUnsigned, longUnsigned, unsigned, integer, octetString),
      },
      6: { name: "authentication_mechanism_name", rule: objectIdentifier },
      7: { name: "secret", rule: octetString },
      8: { name: "association_status", rule: enumerated },
      9: { name: "security_setup_reference", rule: octetString },
      10: { name: "user_list", rule: array(user) },
      11: { name: "current_user", rule: user },
    },
  },
  17: {
    name: "SAP assignment",
    attributes: {
      2: { name: "SAP_assignment_list", rule: array(structure(longUnsigned, octetString)) },
    },
  },
  18: {
    name: "Image transfer",
    attributes: {
      2: { name: "image_block_size", rule: doubleLongUnsigned },
      3: { name: "image_transferred_blocks_status", rule: bitString },
      4: { name: "image_first_not_transferred_block_number", rule: doubleLongUnsigned },
      5: { name: "image_transfer_enabled", rule: boolean },
      6: { name: "image_transfer_status", rule: enumerated },
      7: {
        name: "image_to_activate_info",
        rule: array(structure(doubleLongUnsigned, octetString, octetString)),
      },
    },
  },
  20: {
    name: "Activity calendar",
    attributes: {
      2: { name: "calendar_name_active", rule: octetString },
      3: { name: "season_profile_active", rule: seasons },
      4: { name: "week_profile_table_active", rule: weeks },
      5: { name: "day_profile_table_active", rule: days },
      6: { name: "calendar_name_passive", rule: octetString },
      7: { name: "season_profile_passive", rule: seasons },
      8: { name: "week_profile_table_passive", rule: weeks },
      9: { name: "day_profile_table_passive", rule: days },
      10: { name: "activate_passive_calendar_time", rule: dateTime },
    },
  },
  21: {
    name: "Register monitor",
    attributes: {
      2: { name: "thresholds", rule: array(types(...simpleTypes)) },
      3: { name: "monitored_value", rule: monitoredValue },
      4: { name: "actions", rule: array(twoScripts) },
    },
  },
  22: {
    name: "Single action schedule",
    attributes: {
      2: { name: "executed_script", rule: scriptReference },
      3: { name: "type", rule: enumerated },
      4: { name: "execution_time", rule: array(structure(time, date)) },
    },
  },
  23: {
    name: "IEC HDLC setup",
    attributes: {
      2: { name: "comm_speed", rule: enumerated },
      3: { name: "window_size_transmit", rule: unsigned },
      4: { name: "window_size_receive", rule: unsigned },
      // A byte in version 0, two since version 1.
      5: { name: "max_info_field_length_transmit", rule: types("unsigned", "long-unsigned") },
      6: { name: "max_info_field_length_receive", rule: types("unsigned", "long-unsigned") },
      7: { name: "inter_octet_time_out", rule: longUnsigned },
      8: { name: "inactivity_time_out", rule: longUnsigned },
      9: { name: "device_address", rule: longUnsigned },
    },
  },
  40: {
    name: "Push setup",
    attributes: {
      2: {
        name: "push_object_list",
        // Versions 1 and 2 add the restriction and the columns.
        rule: array(openStructure(longUnsigned, logicalName, integer, longUnsigned)),
      },
      3: {
        name: "send_destination_and_method",
        rule: structure(enumerated, octetString, enumerated),
      },
      4: { name: "communication_window", rule: array(structure(dateTime, dateTime)) },
      5: { name: "randomisation_start_interval", rule: longUnsigned },
      6: { name: "number_of_retries", rule: unsigned },
      // Version 2 made a structure of it.
      7: {
        name: "repetition_delay",
        rule: choice(longUnsigned, structure(longUnsigned, longUnsigned, longUnsigned)),
      },
      8: { name: "port_reference", rule: octetString },
      9: { name: "push_client_SAP", rule: integer },
      11: { name: "push_operation_method", rule: enumerated },
      13: { name: "last_confirmation_date_time", rule: dateTime },
    },
  },
  41: {
    name: "TCP-UDP setup",
    attributes: {
      2: { name: "TCP-UDP_port", rule: longUnsigned },
      3: { name: "IP_reference", rule: octetString },
      4: { name: "MSS", rule: longUnsigned },
      5: { name: "nb_of_sim_conn", rule: unsigned },
      6: { name: "inactivity_time_out", rule: longUnsigned },
    },
  },
  42: {
    name: "IPv4 setup",
    attributes: {
      2: { name: "DL_reference", rule: octetString },
      3: { name: "IP_address", rule: doubleLongUnsigned },
      4: { name: "multicast_IP_address", rule: array(doubleLongUnsigned) },
      5: { name: "IP_options", rule: array(structure(unsigned, unsigned, octetString)) },
      6: { name: "subnet_mask", rule: doubleLongUnsigned },
      7: { name: "gateway_IP_address", rule: doubleLongUnsigned },
      8: { name: "use_DHCP_flag", rule: boolean },
      9: { name: "primary_DNS_address", rule: doubleLongUnsigned },
      10: { name: "secondary_DNS_address", rule: doubleLongUnsigned },
    },
  },
  64: {
    name: "Security setup",
    attributes: {
      2: { name: "security_policy", rule: enumerated },
      3: { name: "security_suite", rule: enumerated },
      4: { name: "client_system_title", rule: octetString },
      5: { name: "server_system_title", rule: octetString },
      6: {
        name: "certificates",
        rule: array(
          structure(enumerated, enumerated, octetString, octetString, octetString, octetString),
        ),
      },
    },
  },
  70: {
    name: "Disconnect control",
    attributes: {
      2: { name: "output_state", rule: boolean },
      3: { name: "control_state", rule: enumerated },
      4: { name: "control_mode", rule: enumerated },
    },
  },
  71: {
    name: "Limiter",
    attributes: {
      2: { name: "monitored_value", rule: monitoredValue },
      3: { name: "threshold_active", rule: types(...simpleTypes) },
      4: { name: "threshold_normal", rule: types(...simpleTypes) },
      5: { name: "threshold_emergency", rule: types(...simpleTypes) },
      6: { name: "min_over_threshold_duration", rule: doubleLongUnsigned },
      7: { name: "min_under_threshold_duration", rule: doubleLongUnsigned },
      8: {
        name: "emergency_profile",
        rule: structure(longUnsigned, dateTime, doubleLongUnsigned),
      },
      9: { name: "emergency_profile_group_id_list", rule: array(longUnsigned) },
      10: { name: "emergency_profile_active", rule: boolean },
      11: { name: "actions", rule: twoScripts },
    },
  },
  72: {
    name: "M-Bus client",
    attributes: {
      2: { name: "mbus_port_reference", rule: octetString },
      3: { name: "capture_definition", rule: array(structure(anything, anything)) },
      4: { name: "capture_period", rule: doubleLongUnsigned },
      5: { name: "primary_address", rule: unsigned },
      6: { name: "identification_number", rule: doubleLongUnsigned },
      7: { name: "manufacturer_id", rule: longUnsigned },
      8: { name: "version", rule: unsigned },
      9: { name: "device_type", rule: unsigned },
      10: { name: "access_number", rule: unsigned },
      11: { name: "status", rule: unsigned },
      12: { name: "alarm", rule: unsigned },
      13: { name: "configuration", rule: longUnsigned },
      14: { name: "encryption_key_status", rule: enumerated },
    },
  },
};

function types(...allowed: readonly DataType[]): ValueRule {
  return { kind: "types", types: allowed };
}

function array(element: ValueRule): ValueRule {
  return { kind: "array", element };
}

function structure(...members: readonly ValueRule[]): ValueRule {
  return { kind: "structure", members, open: false };
}

function openStructure(...members: readonly ValueRule[]): ValueRule {
  return { kind: "structure", members, open: true };
}

function repeat(times: number, rule: ValueRule): readonly ValueRule[] {
  return Array.from({ length: times }, () => rule);
}

function choice(...of: readonly ValueRule[]): ValueRule {
  return { kind: "choice", of };
}
