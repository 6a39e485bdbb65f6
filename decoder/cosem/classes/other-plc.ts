/**
 * HS-PLC of ISO/IEC 12139-1, and ISO/IEC 14908 networks. DLMS UA 1000-1 Part 2, Ed. 16, the classes
 * of these names; IEC 62056-8-8 for ISO/IEC 14908.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  boolean,
  doubleLongUnsigned,
  enumerated,
  integer,
  long64Unsigned,
  longUnsigned,
  octetString,
  unsigned,
} from "../value-rule.js";

export const lonIdentification = (): InterfaceClass => ({
  id: 130,
  name: "ISO/IEC 14908 identification",
  meaning: "Names the device and its network",
  versions: {
    0: {
      attributes: {
        2: fixed("node_ID", unsigned),
        3: fixed("subnet_ID", unsigned),
        4: fixed("domain_ID", octetString),
        5: fixed("program_ID", octetString),
        6: fixed("unique_node_ID", octetString, "Unique in the world, given when it was made"),
      },
      methods: {},
    },
  },
});

export const lonProtocolSetup = (): InterfaceClass => ({
  id: 131,
  name: "ISO/IEC 14908 protocol setup",
  meaning: "Sets up the device on its network",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "inactivity_timeout",
          longUnsigned,
          "Minutes without a message after which the device counts as out of communication",
        ),
      },
      methods: {},
    },
  },
});

const lonProtocolStatusAttributes = {
  2: dynamic("transmission_errors", longUnsigned),
  3: dynamic("transmit_tx_failure", longUnsigned),
  4: dynamic("transmit_tx_retries", longUnsigned),
  5: dynamic("receive_tx_full", longUnsigned),
  6: dynamic("lost_messages", longUnsigned),
  7: dynamic("missed_messages", longUnsigned),
  8: dynamic("layer2_received", longUnsigned),
  9: dynamic("layer3_received", longUnsigned),
  10: dynamic("messages_received", doubleLongUnsigned),
  11: dynamic("messages_validated", doubleLongUnsigned),
};

export const lonProtocolStatus = (): InterfaceClass => ({
  id: 132,
  name: "ISO/IEC 14908 protocol status",
  meaning: "Counts messages and errors of the protocol",
  versions: {
    0: { attributes: lonProtocolStatusAttributes, methods: {} },
    1: { attributes: lonProtocolStatusAttributes, methods: { 1: method("reset", integer) } },
  },
});

const lonDiagnosticAttributes = {
  2: dynamic("plc_signal_quality_status", enumerated),
  3: dynamic("com_module_state", enumerated),
  4: dynamic("received_message_status", unsigned),
  5: dynamic("no_receive_buffer", longUnsigned),
  6: dynamic("transmit_no_data", longUnsigned),
  7: dynamic("backlog_overflows", longUnsigned),
  8: dynamic("late_ack", longUnsigned),
  9: dynamic("frequency_invalid", longUnsigned),
};

export const lonDiagnostic = (): InterfaceClass => ({
  id: 133,
  name: "ISO/IEC 14908 diagnostic",
  meaning: "How the device is in its network",
  versions: {
    0: { attributes: lonDiagnosticAttributes, methods: {} },
    1: { attributes: lonDiagnosticAttributes, methods: { 1: method("reset", integer) } },
  },
});

export const hsPlcMacSetup = (): InterfaceClass => ({
  id: 140,
  name: "HS-PLC ISO/IEC 12139-1 MAC setup",
  meaning: "Sets up the MAC layer",
  versions: {
    0: {
      attributes: {
        2: fixed("group_id", long64Unsigned),
        3: fixed("secondary_group_id", long64Unsigned),
        4: fixed("station_id", long64Unsigned),
        5: fixed("parent_station_id", long64Unsigned),
        6: fixed("repeater_status", boolean),
        7: fixed("encryption_mode", enumerated),
        8: fixed("initial_encryption_key", octetString),
        9: fixed("rts/cts", boolean, "Whether stations ask before they send"),
      },
      methods: {},
    },
  },
});

export const hsPlcCpasSetup = (): InterfaceClass => ({
  id: 141,
  name: "HS-PLC ISO/IEC 12139-1 CPAS setup",
  meaning: "Sets up the common part of the adaptation layer",
  versions: {
    0: {
      attributes: {
        2: fixed("cpas_address", long64Unsigned),
        3: fixed("cpas_ether_type", longUnsigned),
        4: fixed("master_station_cpas_address", long64Unsigned),
      },
      methods: {},
    },
  },
});

export const hsPlcIpSsasSetup = (): InterfaceClass => ({
  id: 142,
  name: "HS-PLC ISO/IEC 12139-1 IP SSAS setup",
  meaning: "Sets up the part of the adaptation layer that carries IP",
  versions: {
    0: {
      attributes: {
        2: fixed("ip_header_comp_type", enumerated),
        3: fixed("ip_alive_time", longUnsigned, "Seconds; 0: for ever"),
      },
      methods: {},
    },
  },
});

export const hsPlcHdlcSsasSetup = (): InterfaceClass => ({
  id: 143,
  name: "HS-PLC ISO/IEC 12139-1 HDLC SSAS setup",
  meaning: "Sets up the part of the adaptation layer that carries HDLC",
  versions: {
    0: { attributes: { 2: fixed("master_station_id", long64Unsigned) }, methods: {} },
  },
});
