/**
 * What watches values and acts on them, and the switch that it acts on. IEC 62056-6-2, Interface
 * classes for time- and event-bound control.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitString,
  boolean,
  classId,
  dateTime,
  doubleLongUnsigned,
  enumerated,
  enumOf,
  integer,
  logicalName,
  longUnsigned,
  monitoredValue,
  octetString,
  scalerUnit,
  scriptReference,
  simpleTypes,
  structure,
  types,
  unsigned,
} from "../value-rule.js";
import { registerStatus, registerValue } from "./registers.js";

const threshold = types(...simpleTypes);
const monitorActions = array(
  structure({ action_up: scriptReference, action_down: scriptReference }),
);

export const registerMonitor = (): InterfaceClass => ({
  id: 21,
  name: "Register monitor",
  meaning: "Starts a script when a value crosses a threshold",
  versions: {
    0: {
      attributes: {
        2: fixed("thresholds", array(threshold)),
        3: fixed("monitored_value", monitoredValue),
        4: fixed(
          "actions",
          monitorActions,
          "The scripts of each threshold: crossed upwards, downwards",
        ),
      },
      methods: {},
    },
  },
});

const parameterMethods = {
  1: method("add_parameter", monitoredValue),
  2: method("delete_parameter", monitoredValue),
};
const parameterAttributes = {
  2: dynamic(
    "changed_parameter",
    structure({
      class_id: classId,
      logical_name: logicalName,
      attribute_index: integer,
      attribute_value: anything,
    }),
    "The parameter that changed last, and its value",
  ),
  3: dynamic("capture_time", dateTime, "When it changed"),
  4: fixed("parameter_list", array(monitoredValue)),
};

export const parameterMonitor = (): InterfaceClass => ({
  id: 65,
  name: "Parameter monitor",
  meaning: "Watches parameters for changes",
  versions: {
    0: { attributes: parameterAttributes, methods: parameterMethods },
    1: {
      attributes: {
        ...parameterAttributes,
        5: fixed("parameter_list_name", octetString),
        6: fixed("hash_algorithm_id", enumerated),
        7: dynamic(
          "parameter_value_digest",
          octetString,
          "A hash over the values of the list: tells whether any of them changed",
        ),
        8: dynamic("parameter_values", anything, "Copies of the values of the list"),
      },
      methods: parameterMethods,
    },
  },
});

export const sensorManager = (): InterfaceClass => ({
  id: 67,
  name: "Sensor manager",
  meaning: "A sensor, as those of gas and heat meters: its plate, its raw and its processed value",
  versions: {
    0: {
      attributes: {
        2: dynamic("serial_number", octetString),
        3: dynamic("metrological_identification", octetString),
        4: dynamic("output_type", enumerated),
        5: dynamic("adjustment_method", octetString),
        6: dynamic("sealing_method", enumerated),
        7: dynamic("raw_value", registerValue),
        8: dynamic("scaler_unit", scalerUnit),
        9: dynamic("status", registerStatus),
        10: dynamic("capture_time", dateTime),
        11: dynamic("raw_value_thresholds", array(threshold)),
        12: dynamic("raw_value_actions", monitorActions),
        13: dynamic("processed_value", monitoredValue, "Where the processed value is found"),
        14: dynamic("processed_value_thresholds", array(threshold)),
        15: dynamic("processed_value_actions", monitorActions),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const arbitrator = (): InterfaceClass => ({
  id: 68,
  name: "Arbitrator",
  meaning: "Decides which action is taken when several actors ask for different ones",
  versions: {
    0: {
      attributes: {
        2: fixed("actions", array(scriptReference)),
        3: fixed("permissions_table", array(bitString), "For each actor, a bit for each action"),
        4: fixed(
          "weightings_table",
          array(array(longUnsigned)),
          "For each actor, how much its request for each action counts",
        ),
        5: dynamic("most_recent_requests_table", array(bitString)),
        6: dynamic("last_outcome", unsigned, "The number of the action that was taken last"),
      },
      methods: {
        1: method(
          "request_action",
          structure({ request_actor: unsigned, request_action_list: bitString }),
        ),
        2: method("reset", integer),
      },
    },
  },
});

export const disconnectControl = (): InterfaceClass => ({
  id: 70,
  name: "Disconnect control",
  meaning: "The switch or the valve that connects the customer with the supply",
  versions: {
    0: {
      attributes: {
        2: dynamic("output_state", boolean, "Whether the supply is connected"),
        3: dynamic(
          "control_state",
          enumOf({ 0: "disconnected", 1: "connected", 2: "ready for reconnection" }),
        ),
        4: fixed(
          "control_mode",
          enumOf({
            0: "always connected",
            1: "off: remote, manual, local; on: remote makes ready, then manual",
            2: "off: remote, manual, local; on: remote, or manual when ready",
            3: "off: remote, local; on: remote makes ready, then manual",
            4: "off: remote, local; on: remote, or manual when ready",
            5: "off: remote, manual, local; on: remote makes ready, then manual or local",
            6: "off: remote, local; on: remote makes ready, then manual or local",
          }),
          "Who may disconnect, and who may reconnect",
        ),
      },
      methods: {
        1: method("remote_disconnect", integer),
        2: method("remote_reconnect", integer),
      },
    },
  },
});

export const limiter = (): InterfaceClass => ({
  id: 71,
  name: "Limiter",
  meaning:
    "Starts a script when a value is over a threshold for too long; emergencies have their own",
  versions: {
    0: {
      attributes: {
        2: fixed("monitored_value", monitoredValue),
        3: dynamic("threshold_active", threshold),
        4: fixed("threshold_normal", threshold),
        5: fixed("threshold_emergency", threshold),
        6: fixed("min_over_threshold_duration", doubleLongUnsigned, "In seconds"),
        7: fixed("min_under_threshold_duration", doubleLongUnsigned, "In seconds"),
        8: fixed(
          "emergency_profile",
          structure({
            emergency_profile_id: longUnsigned,
            emergency_activation_time: dateTime,
            emergency_duration: doubleLongUnsigned,
          }),
          "When the threshold of emergencies is in force, and for how many seconds",
        ),
        9: fixed(
          "emergency_profile_group_id_list",
          array(longUnsigned),
          "The emergency profiles that this limiter obeys",
        ),
        10: dynamic("emergency_profile_active", boolean),
        11: fixed(
          "actions",
          structure({
            action_over_threshold: scriptReference,
            action_under_threshold: scriptReference,
          }),
        ),
      },
      methods: {},
    },
  },
});
