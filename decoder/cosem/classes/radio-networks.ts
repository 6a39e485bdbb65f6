/**
 * Wi-SUN, ZigBee and low-power wide area networks. IEC 62056-6-2 and DLMS UA 1000-1 Part 2, Ed. 16,
 * the classes of these names.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitsOf,
  boolean,
  dateTime,
  doubleLongUnsigned,
  enumerated,
  enumOf,
  formed,
  integer,
  longUnsigned,
  octetString,
  structure,
  text,
  types,
  unsigned,
} from "../value-rule.js";
import { objectReference, someStructure } from "./references.js";

export const wiSunSetup = (): InterfaceClass => ({
  id: 95,
  name: "Wi-SUN setup",
  meaning: "Sets up a node of a Wi-SUN field area network",
  versions: {
    0: {
      attributes: {
        2: fixed("network_name", text),
        3: dynamic("routing_method", enumerated),
        4: dynamic("pan_id", formed("hex", "long-unsigned")),
        5: fixed("disc_imin", unsigned),
        6: fixed("disc_imax", unsigned),
        7: fixed("data_message_imin", unsigned),
        8: fixed("data_message_imax", unsigned),
        9: fixed("default_dio_interval_min", unsigned),
        10: fixed("default_dio_interval_doublings", unsigned),
        11: fixed("channel_plan", someStructure),
        12: fixed("channel_function", enumerated),
        13: fixed("excluded_channels", anything),
        14: dynamic("join_state", enumerated),
        15: fixed("reg_channel_exclusions", someStructure),
      },
      methods: { 1: method("reset_join_state", anything) },
    },
  },
});

export const wiSunDiagnostic = (): InterfaceClass => ({
  id: 96,
  name: "Wi-SUN diagnostic",
  meaning: "How a node of a Wi-SUN field area network is doing",
  versions: { 0: { attributes: {}, methods: {} } },
});

export const rplDiagnostic = (): InterfaceClass => ({
  id: 97,
  name: "RPL diagnostic",
  meaning: "The node's place in the routing graph of RPL, RFC 6550",
  versions: {
    0: {
      attributes: {
        2: dynamic("rpl_instance_id", unsigned),
        3: dynamic("dodag_version_number", unsigned),
        4: dynamic("dodag_rank", types("long", "long-unsigned")),
        5: dynamic("grounded", boolean),
        6: dynamic("mode_of_operation", enumerated),
        7: dynamic("dodag_prf", unsigned, "The preference of the graph"),
        8: dynamic("dodag_dtsn", unsigned, "The destination advertisement trigger number"),
        9: dynamic("dodag_id", octetString),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const mplDiagnostic = (): InterfaceClass => ({
  id: 98,
  name: "MPL diagnostic",
  meaning: "Parameters of MPL, the forwarding of multicasts, RFC 7731",
  versions: {
    0: {
      attributes: {
        2: dynamic("proactive_forwarding", boolean),
        3: dynamic("z", unsigned),
        4: dynamic("tunit", unsigned),
        5: dynamic("se_lifetime", longUnsigned, "How long an entry of the seed set lives"),
        6: dynamic("dm_k", unsigned, "Of data messages"),
        7: dynamic("dm_imin", longUnsigned),
        8: dynamic("dm_imax", unsigned),
        9: dynamic("dm_t_exp", longUnsigned),
        10: dynamic("c_k", unsigned, "Of control messages"),
        11: dynamic("c_imin", longUnsigned),
        12: dynamic("c_imax", unsigned),
        13: dynamic("c_t_exp", longUnsigned),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const zigBeeSasStartup = (): InterfaceClass => ({
  id: 101,
  name: "ZigBee SAS startup",
  meaning: "What a ZigBee PRO device needs to create or join a network",
  versions: {
    0: {
      attributes: {
        2: dynamic("short_address", formed("hex", "long-unsigned")),
        3: dynamic("extended_pan_id", octetString),
        4: dynamic("pan_id", formed("hex", "long-unsigned")),
        5: dynamic("channel_mask", formed("hex", "double-long-unsigned")),
        6: fixed("protocol_version", unsigned),
        7: fixed("stack_profile", enumOf({ 1: "ZigBee", 2: "ZigBee PRO" })),
        8: dynamic("start_up_control", unsigned),
        9: dynamic("trust_center_address", octetString),
        10: dynamic("link_key", octetString),
        11: dynamic("network_key", octetString),
        12: fixed("use_insecure_join", boolean),
      },
      methods: {},
    },
  },
});

export const zigBeeSasJoin = (): InterfaceClass => ({
  id: 102,
  name: "ZigBee SAS join",
  meaning: "What a ZigBee PRO device does to join, and when it has lost its network",
  versions: {
    0: {
      attributes: {
        2: fixed("scan_attempts", unsigned),
        3: fixed("time_between_scans", longUnsigned, "Seconds"),
        4: fixed("rejoin_interval", longUnsigned, "Seconds"),
        5: fixed("rejoin_retry_interval", longUnsigned, "Seconds"),
      },
      methods: {},
    },
  },
});

export const zigBeeSasApsFragmentation = (): InterfaceClass => ({
  id: 103,
  name: "ZigBee SAS APS fragmentation",
  meaning: "How long messages are sent in fragments",
  versions: {
    0: {
      attributes: {
        2: fixed("aps_interframe_delay", longUnsigned, "Milliseconds"),
        3: fixed("aps_max_window_size", longUnsigned, "Frames without an acknowledgement"),
      },
      methods: {},
    },
  },
});

const eui64 = formed("mac-address", "octet-string");

export const zigBeeNetworkControl = (): InterfaceClass => ({
  id: 104,
  name: "ZigBee network control",
  meaning: "Lets a client manage the network through its ZigBee coordinator",
  versions: {
    0: {
      attributes: {
        2: fixed("enable_disable_joining", boolean),
        3: fixed("join_timeout", longUnsigned, "Seconds"),
        4: dynamic(
          "active_devices",
          array(
            structure({
              MAC_address: eui64,
              status: bitsOf("bit-string", {
                0: "authorised on PAN",
                1: "actively reporting on PAN",
                2: "unauthorised on PAN, but has reported",
                3: "authorised after swap-out",
                4: "SEP transmitting",
              }),
              max_RSSI: integer,
              average_RSSI: integer,
              min_RSSI: integer,
              max_LQI: unsigned,
              average_LQI: unsigned,
              min_LQI: unsigned,
              last_communication_date_time: dateTime,
              number_of_hops: unsigned,
              transmission_failures: unsigned,
              transmission_successes: unsigned,
              application_version: unsigned,
              stack_version: unsigned,
            }),
          ),
        ),
      },
      methods: {
        1: method(
          "register_device",
          structure({
            IEEE_address: eui64,
            key_type: enumOf({ 0: "preconfigured link key", 1: "install code" }),
            key: octetString,
            device_type: enumerated,
          }),
        ),
        2: method("unregister_device", anything),
        3: method("unregister_all_devices", anything),
        4: method("backup_PAN", anything),
        5: method("restore_PAN", anything),
        6: method("identify_device", anything),
        7: method("remove_mirror", anything),
        8: method("update_network_key", anything),
        9: method("update_link_key", anything),
        10: method("create_PAN", anything),
        11: method("remove_PAN", anything),
      },
    },
  },
});

export const zigBeeTunnelSetup = (): InterfaceClass => ({
  id: 105,
  name: "ZigBee tunnel setup",
  meaning: "Sets up a tunnel that carries APDUs between two ZigBee devices",
  versions: {
    0: {
      attributes: {
        2: fixed("maximum_incoming_transfer_size", longUnsigned),
        3: fixed("maximum_outgoing_transfer_size", longUnsigned),
        4: fixed("protocol_address", octetString),
        5: fixed("close_tunnel_timeout", longUnsigned, "Seconds without a command"),
      },
      methods: {},
    },
  },
});

export const schcLpwanSetup = (): InterfaceClass => ({
  id: 126,
  name: "SCHC-LPWAN setup",
  meaning: "Rules of SCHC, RFC 8724: how headers are compressed and messages fragmented",
  versions: {
    0: {
      attributes: {
        2: fixed("lpwan_reference", objectReference, "The object that sets up the network below"),
        3: fixed("schc_cd_rules", array(anything), "Rules of compression"),
        4: fixed("schc_fr_param", someStructure, "Parameters of fragmentation"),
      },
      methods: {},
    },
  },
});

export const schcLpwanDiagnostic = (): InterfaceClass => ({
  id: 127,
  name: "SCHC-LPWAN diagnostic",
  meaning: "Counts packets and fragments of SCHC",
  versions: {
    0: {
      attributes: {
        2: dynamic("schc_packets_tx_counter", doubleLongUnsigned),
        3: dynamic("schc_packets_rx_counter", doubleLongUnsigned),
        4: dynamic("schc_fragments_tx_counter", doubleLongUnsigned),
        5: dynamic("schc_fragments_rx_counter", doubleLongUnsigned),
        6: dynamic("schc_ack_tx_counter", doubleLongUnsigned),
        7: dynamic("schc_ack_rx_counter", doubleLongUnsigned),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const loRaWanSetup = (): InterfaceClass => ({
  id: 128,
  name: "LoRaWAN setup",
  meaning: "Sets up a LoRaWAN modem",
  versions: {
    0: {
      attributes: {
        2: dynamic("class", enumerated),
        3: dynamic("state", enumerated),
        4: fixed("max_transmit_EIRP_setting", integer),
        5: dynamic("ADR_mode", boolean, "Whether the data rate adapts by itself"),
        6: dynamic("regional_parameters", enumerated),
        7: dynamic("device_operation", someStructure),
        8: fixed("modem_versions", someStructure),
        9: dynamic("devAddr", formed("hex", "double-long-unsigned")),
        10: dynamic("join_strategy", enumerated),
        11: dynamic("multicasts_parameters", array(anything)),
      },
      methods: {
        1: method("disconnect_from_network", anything),
        2: method("change_class", anything),
        3: method("change_region", anything),
      },
    },
  },
});

export const loRaWanDiagnostic = (): InterfaceClass => ({
  id: 129,
  name: "LoRaWAN diagnostic",
  meaning: "Counts frames, and measures the signal",
  versions: {
    0: {
      attributes: {
        2: dynamic("internal_error_code", enumerated),
        3: dynamic("out_frames_u_counter", doubleLongUnsigned, "Sent, without confirmation"),
        4: dynamic("out_frames_c_counter", doubleLongUnsigned, "Sent, with confirmation"),
        5: dynamic("in_frames_u_counter", doubleLongUnsigned, "Received, without confirmation"),
        6: dynamic("in_frames_c_counter", doubleLongUnsigned, "Received, with confirmation"),
        7: dynamic("in_mac_command_counter", doubleLongUnsigned),
        8: dynamic("in_mac_ans_error_counter", doubleLongUnsigned),
        9: dynamic("in_mac_ignored_counter", doubleLongUnsigned),
        10: dynamic("in_per", integer, "The rate of packets with errors"),
        11: dynamic("in_mean_rssi_rx1", integer),
        12: dynamic("in_mean_snr_rx1", integer),
        13: dynamic("in_mean_rssi_rx2", integer),
        14: dynamic("in_mean_snr_rx2", integer),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});
