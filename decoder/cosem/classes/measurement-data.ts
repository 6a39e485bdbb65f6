/**
 * What holds and groups values of other objects. IEC 62056-6-2, Interface classes for parameters and
 * measurement data.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  captureObject,
  choice,
  classId,
  doubleLongUnsigned,
  enumerated,
  enumOf,
  integer,
  logicalName,
  long64Unsigned,
  longUnsigned,
  octetString,
  openStructure,
  scalerUnit,
  structure,
  unsigned,
} from "../value-rule.js";
import { restriction } from "./protection-parameters.js";
import { registerStatus } from "./registers.js";

const objectDefinition = structure({ class_id: classId, logical_name: logicalName });
const registerMask = structure({ mask_name: octetString, index_list: array(unsigned) });

export const registerActivation = (): InterfaceClass => ({
  id: 6,
  name: "Register activation",
  meaning: "Says which registers count, for one tariff after another",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "register_assignment",
          array(objectDefinition),
          "The registers that masks select from, numbered from 1 in this order",
        ),
        3: fixed("mask_list", array(registerMask), "Each mask names the registers it lets count"),
        4: dynamic("active_mask", octetString, "The name of the mask in force"),
      },
      methods: {
        1: method("add_register", objectDefinition),
        2: method("add_mask", registerMask),
        3: method("delete_mask", octetString, "The parameter is the name of the mask"),
      },
    },
  },
});

const sortMethod = enumOf({
  1: "fifo (first in first out)",
  2: "lifo (last in first out)",
  3: "largest",
  4: "smallest",
  5: "nearest to zero",
  6: "farthest from zero",
});

const profileAttributes = {
  2: dynamic(
    "buffer",
    array(anything),
    "One entry a capture, with a value for each capture object",
  ),
  3: fixed("capture_objects", array(captureObject)),
  4: fixed("capture_period", doubleLongUnsigned, "Seconds between two captures; 0: only on demand"),
  5: fixed("sort_method", sortMethod),
  6: fixed("sort_object", captureObject, "What the entries are sorted by, if not by arrival"),
  7: dynamic("entries_in_use", doubleLongUnsigned),
  8: fixed("profile_entries", doubleLongUnsigned, "How many entries the buffer retains"),
};

const profileMethods = { 1: method("reset", integer), 2: method("capture", integer) };

export const profileGeneric = (): InterfaceClass => ({
  id: 7,
  name: "Profile generic",
  meaning: "Captures values of other objects over time: load profiles, billing values, event logs",
  versions: {
    0: {
      attributes: profileAttributes,
      methods: {
        ...profileMethods,
        3: method("get_buffer_by_range", anything),
        4: method("get_buffer_by_index", anything),
      },
    },
    1: { attributes: profileAttributes, methods: profileMethods },
  },
});

export const utilityTables = (): InterfaceClass => ({
  id: 26,
  name: "Utility tables",
  meaning: "Carries a table of ANSI C12.19",
  versions: {
    0: {
      attributes: {
        2: fixed("table_ID", longUnsigned, "The number of the table in ANSI C12.19"),
        3: dynamic("length", doubleLongUnsigned, "How many bytes the buffer has"),
        4: dynamic("buffer", octetString),
      },
      methods: {},
    },
  },
});

export const registerTable = (): InterfaceClass => ({
  id: 61,
  name: "Register table",
  meaning: "Holds the same attribute of several objects that differ in value group E",
  versions: {
    0: {
      attributes: {
        2: dynamic("table_cell_values", array(anything)),
        3: fixed(
          "table_cell_definition",
          structure({
            class_id: classId,
            logical_name: logicalName,
            group_E_values: array(unsigned),
            attribute_index: integer,
          }),
          "Which attribute of which objects the cells are copies of",
        ),
        4: fixed("scaler_unit", scalerUnit),
      },
      methods: { 1: method("reset", integer), 2: method("capture", integer) },
    },
  },
});

const compactAttributes = {
  2: dynamic(
    "compact_buffer",
    octetString,
    "Values without their types; the template says what they are",
  ),
  3: fixed("capture_objects", array(captureObject)),
  4: fixed("template_id", unsigned, "The first value in the buffer: names the template"),
  5: dynamic("template_description", octetString, "The types of the values in the buffer"),
  6: fixed("capture_method", enumOf({ 0: "upon the method capture", 1: "upon reading" })),
};

const compactMethods = { 1: method("reset", integer), 2: method("capture", integer) };

export const compactData = (): InterfaceClass => ({
  id: 62,
  name: "Compact data",
  meaning: "Captures values of other objects without the types that a template tells once",
  versions: {
    0: { attributes: compactAttributes, methods: compactMethods },
    1: {
      attributes: {
        ...compactAttributes,
        3: fixed(
          "capture_objects",
          array(
            choice(
              captureObject,
              openStructure({
                class_id: classId,
                logical_name: logicalName,
                attribute_index: integer,
                data_index: longUnsigned,
                restriction,
              }),
            ),
          ),
        ),
      },
      methods: compactMethods,
    },
  },
});

export const statusMapping = (): InterfaceClass => ({
  id: 63,
  name: "Status mapping",
  meaning: "Says what the bits of a status word mean, by entries of a reference table",
  versions: {
    0: {
      attributes: {
        2: dynamic("status_word", registerStatus),
        3: fixed(
          "mapping_table",
          structure({
            ref_table_id: unsigned,
            ref_table_mapping: choice(longUnsigned, array(longUnsigned)),
          }),
          "The entry of the reference table for the first bit, or for each bit",
        ),
      },
      methods: {},
    },
  },
});

export const measurementDataMonitoring = (): InterfaceClass => ({
  id: 66,
  name: "Measurement data monitoring",
  meaning: "Records the waveform of a voltage or a current around a trigger",
  versions: {
    0: {
      attributes: {
        2: dynamic("waveform_data", array(anything)),
        3: dynamic("trigger_time", long64Unsigned, "In microseconds"),
        4: dynamic(
          "trigger_source",
          structure({
            trigger_origin: enumOf({ 0: "remote", 1: "local script" }),
            trigger_cause: longUnsigned,
          }),
        ),
        5: dynamic("status", enumerated),
        6: fixed("sampling_rate", doubleLongUnsigned, "Samples in a second"),
        7: fixed("number_of_samples_before_trigger", doubleLongUnsigned),
        8: fixed("number_of_samples_after_trigger", doubleLongUnsigned),
        9: fixed("scaler_unit", scalerUnit),
      },
      methods: { 1: method("reset", integer), 2: method("trigger", anything) },
    },
  },
});
