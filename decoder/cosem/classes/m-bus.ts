/**
 * M-Bus, EN 13757. IEC 62056-6-2, Interface classes for setting up data exchange via M-Bus.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitsOf,
  codeOf,
  dateTime,
  doubleLongUnsigned,
  enumOf,
  formed,
  integer,
  longUnsigned,
  octetString,
  structure,
  types,
  unsigned,
} from "../value-rule.js";
import { baudRate } from "./baud-rates.js";
import { objectReference, window } from "./references.js";

const addressState = enumOf({ 0: "not assigned", 1: "assigned" });

/** EN 13757-3, device types. */
const deviceType = codeOf("unsigned", {
  0: "other",
  1: "oil",
  2: "electricity",
  3: "gas",
  4: "heat",
  5: "steam",
  6: "warm water",
  7: "water",
  8: "heat cost allocator",
  9: "compressed air",
  10: "cooling, at the outlet",
  11: "cooling, at the inlet",
  12: "heat, at the inlet",
  13: "heat and cooling",
  14: "bus or system component",
  15: "unknown medium",
  20: "calorific value",
  21: "hot water",
  22: "cold water",
  23: "hot and cold water, dual register",
  24: "pressure",
  25: "A/D converter",
  26: "smoke detector",
  27: "room sensor",
  28: "gas detector",
  32: "breaker, electricity",
  33: "valve, gas or water",
  37: "customer unit, display",
  40: "waste water",
  41: "garbage",
  54: "radio converter, system side",
  55: "radio converter, meter side",
});

/** EN 13757-3, status byte. */
const status = bitsOf("unsigned", {
  0: "application busy, or abnormal condition",
  1: "application error, or abnormal condition",
  2: "power low",
  3: "permanent error",
  4: "temporary error",
  5: "of the manufacturer (5)",
  6: "of the manufacturer (6)",
  7: "of the manufacturer (7)",
});

const manufacturerId = formed("hex", "long-unsigned");

export const mBusSlavePortSetup = (): InterfaceClass => ({
  id: 25,
  name: "M-Bus slave port setup",
  meaning: "Sets up the M-Bus port of a device that is a slave",
  versions: {
    0: {
      attributes: {
        2: fixed("default_baud", baudRate, "The speed at the start"),
        3: fixed("avail_baud", baudRate, "The speed that may be negotiated"),
        4: fixed("addr_state", addressState, "Since the last power up"),
        5: fixed("bus_address", unsigned),
      },
      methods: {},
    },
  },
});

const clientAttributes = {
  2: fixed("mbus_port_reference", objectReference, "The object that sets up the port"),
  // Octet-strings by the standard; some send other types.
  3: fixed(
    "capture_definition",
    array(structure({ data_information_block: anything, value_information_block: anything })),
    "Which values are captured, by their DIB and VIB",
  ),
  4: fixed("capture_period", doubleLongUnsigned, "Seconds; 0: no automatic capture"),
  5: dynamic("primary_address", unsigned),
  6: dynamic(
    "identification_number",
    formed("hex", "double-long-unsigned"),
    "The serial number of the M-Bus device, a decimal digit in four bits",
  ),
  7: dynamic("manufacturer_id", manufacturerId, "Three letters, five bits each"),
  8: dynamic("version", unsigned),
  9: dynamic("device_type", deviceType),
  10: dynamic("access_number", unsigned),
  11: dynamic("status", status),
  12: dynamic("alarm", unsigned, "The alarm state, after EN 13757-3"),
};

const clientMethods = {
  1: method("slave_install", types("unsigned", "integer"), "The primary address; 0: find one"),
  2: method("slave_deinstall", integer),
  3: method("capture", integer),
  4: method("reset_alarm", integer),
  5: method("synchronize_clock", integer),
  6: method(
    "data_send",
    array(
      structure({
        data_information_block: octetString,
        value_information_block: octetString,
        data: anything,
      }),
    ),
  ),
  7: method("set_encryption_key", octetString, "The key that the client uses from now on"),
  8: method("transfer_key", octetString, "A new key for the slave, encrypted with its default key"),
};

export const mBusClient = (): InterfaceClass => ({
  id: 72,
  name: "M-Bus client",
  meaning: "Reads an M-Bus device, such as a gas or water meter, for the electricity meter",
  versions: {
    0: { attributes: clientAttributes, methods: clientMethods },
    1: {
      attributes: {
        ...clientAttributes,
        13: dynamic(
          "configuration",
          formed("hex", "long-unsigned"),
          "The configuration field: how the data is encrypted",
        ),
        14: dynamic(
          "encryption_key_status",
          enumOf({
            0: "no encryption key",
            1: "encryption key set",
            2: "encryption key transferred",
            3: "encryption key set and transferred",
            4: "encryption key in use",
          }),
        ),
      },
      methods: clientMethods,
    },
  },
});

export const wirelessModeQChannel = (): InterfaceClass => ({
  id: 73,
  name: "Wireless Mode Q channel",
  meaning: "Sets up a radio in mode Q, EN 13757-5",
  versions: {
    1: {
      attributes: {
        2: fixed("addr_state", addressState, "Since the last power up"),
        3: fixed("device_address", octetString),
        4: fixed("address_mask", octetString, "The group address, for short addresses"),
      },
      methods: {},
    },
  },
});

export const mBusMasterPortSetup = (): InterfaceClass => ({
  id: 74,
  name: "M-Bus master port setup",
  meaning: "Sets up the M-Bus port of a device that is the master",
  versions: { 0: { attributes: { 2: fixed("comm_speed", baudRate) }, methods: {} } },
});

export const dlmsServerMBusPortSetup = (): InterfaceClass => ({
  id: 76,
  name: "DLMS server M-Bus port setup",
  meaning: "Sets up the port of a DLMS server that is reached over M-Bus",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "M-Bus_profile_selection",
          objectReference,
          "The object that sets up the wired or wireless port",
        ),
        3: dynamic(
          "M-Bus_port_communication_state",
          enumOf({
            0: "no access",
            1: "temporary no access",
            2: "limited access",
            3: "unlimited access",
            4: "wM-Bus",
          }),
        ),
        4: fixed("M-Bus_Data_Header_Type", enumOf({ 0: "none", 1: "short", 2: "long" })),
        5: fixed("primary_address", unsigned),
        6: fixed("identification_number", formed("hex", "double-long-unsigned")),
        7: fixed("manufacturer_id", manufacturerId, "Three letters, five bits each"),
        8: fixed("M-Bus_version", unsigned),
        9: fixed("device_type", deviceType),
        10: fixed("max_pdu_size", longUnsigned),
        11: fixed("listening_window", array(window)),
      },
      methods: {},
    },
  },
});

export const mBusDiagnostic = (): InterfaceClass => ({
  id: 77,
  name: "M-Bus diagnostic",
  meaning: "The link to an M-Bus device: its state, and counters of frames",
  versions: {
    0: {
      attributes: {
        2: dynamic("received_signal_strength", unsigned, "In dBm"),
        3: dynamic("channel_Id", unsigned),
        4: dynamic(
          "link_status",
          enumOf({
            0: "no data received yet",
            1: "normal operation",
            2: "link temporarily interrupted",
            3: "link permanently interrupted",
          }),
        ),
        5: dynamic(
          "broadcast_frames_counter",
          array(
            structure({ client_id: unsigned, counter: doubleLongUnsigned, timestamp: dateTime }),
          ),
        ),
        6: dynamic("transmissions_counter", doubleLongUnsigned),
        7: dynamic("FCS_OK_frames_counter", doubleLongUnsigned),
        8: dynamic("FCS_NOK_frames_counter", doubleLongUnsigned),
        9: dynamic(
          "capture_time",
          structure({ attribute_id: unsigned, timestamp: dateTime }),
          "Which attribute changed last, and when",
        ),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});
