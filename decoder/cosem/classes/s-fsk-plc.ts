/**
 * S-FSK power line and the LLC layers. IEC 62056-6-2, Interface classes for setting up and managing
 * DLMS/COSEM S-FSK PLC, and those for LLC of ISO/IEC 8802-2.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  array,
  boolean,
  doubleLongUnsigned,
  enumerated,
  enumOf,
  integer,
  longUnsigned,
  structure,
  systemTitle,
  unsigned,
} from "../value-rule.js";

const macAddress = longUnsigned;

const phyAndMacAttributes = {
  2: fixed(
    "initiator_electrical_phase",
    enumOf({ 0: "not defined", 1: "phase 1", 2: "phase 2", 3: "phase 3" }),
  ),
  3: dynamic(
    "delta_electrical_phase",
    enumOf({
      0: "not defined",
      1: "same phase",
      2: "60°",
      3: "120°",
      4: "180°",
      5: "-120°",
      6: "-60°",
    }),
    "From the phase of the client to that of the server",
  ),
  4: fixed("max_receiving_gain", unsigned),
  5: fixed("max_transmitting_gain", unsigned),
  8: dynamic("mac_address", macAddress, "0xFFE: not registered yet"),
  9: fixed("mac_group_addresses", array(macAddress)),
  10: fixed("repeater", enumOf({ 0: "never", 1: "always", 2: "dynamic" })),
  11: dynamic("repeater_status", boolean, "Whether it repeats frames now"),
  12: dynamic("min_delta_credit", unsigned, "The least difference of credits seen: how far it is"),
  13: dynamic("initiator_mac_address", macAddress),
  14: dynamic("synchronization_locked", boolean),
};

export const sFskPhyAndMacSetUp = (): InterfaceClass => ({
  id: 50,
  name: "S-FSK Phy&MAC set-up",
  meaning: "Sets up the physical and the MAC layer of an S-FSK power line",
  versions: {
    0: {
      attributes: {
        ...phyAndMacAttributes,
        6: fixed("search_initiator_gain", unsigned),
        7: fixed(
          "frequencies",
          structure({ mark_frequency: longUnsigned, space_frequency: longUnsigned }),
        ),
      },
      methods: {},
    },
    1: {
      attributes: {
        ...phyAndMacAttributes,
        6: fixed("search_initiator_threshold", unsigned),
        7: fixed(
          "frequencies",
          structure({ mark_frequency: doubleLongUnsigned, space_frequency: doubleLongUnsigned }),
          "In hertz",
        ),
        15: fixed("transmission_speed", enumerated),
      },
      methods: {},
    },
  },
});

export const sFskActiveInitiator = (): InterfaceClass => ({
  id: 51,
  name: "S-FSK Active initiator",
  meaning: "The client that registered this server last",
  versions: {
    0: {
      attributes: {
        2: dynamic(
          "active_initiator",
          structure({
            system_title: systemTitle,
            MAC_address: macAddress,
            L_SAP_selector: unsigned,
          }),
        ),
      },
      methods: { 1: method("reset_NEW_not_synchronized", macAddress) },
    },
  },
});

export const sFskMacSynchronizationTimeouts = (): InterfaceClass => ({
  id: 52,
  name: "S-FSK MAC synchronization timeouts",
  meaning: "When a server gives its synchronization up; 0: never",
  versions: {
    0: {
      attributes: {
        2: fixed("search_initiator_timeout", longUnsigned),
        3: fixed("synchronization_confirmation_timeout", longUnsigned),
        4: fixed("time_out_not_addressed", longUnsigned),
        5: fixed("time_out_frame_not_OK", longUnsigned),
      },
      methods: {},
    },
  },
});

export const sFskMacCounters = (): InterfaceClass => ({
  id: 53,
  name: "S-FSK MAC counters",
  meaning: "Counts synchronizations and frames",
  versions: {
    0: {
      attributes: {
        2: dynamic(
          "synchronization_register",
          array(structure({ mac_address: macAddress, synchronizations: doubleLongUnsigned })),
        ),
        3: dynamic(
          "desynchronization_listing",
          structure({
            nb_physical_layer_desynchronization: doubleLongUnsigned,
            nb_time_out_not_addressed_desynchronization: doubleLongUnsigned,
            nb_time_out_frame_not_OK_desynchronization: doubleLongUnsigned,
            nb_write_request_desynchronization: doubleLongUnsigned,
            nb_wrong_initiator_desynchronization: doubleLongUnsigned,
          }),
        ),
        4: dynamic(
          "broadcast_frames_counter",
          array(
            structure({
              source_mac_address: macAddress,
              number_of_broadcast_frames: doubleLongUnsigned,
            }),
          ),
        ),
        5: dynamic("repetitions_counter", doubleLongUnsigned),
        6: dynamic("transmissions_counter", doubleLongUnsigned),
        7: dynamic("CRC_OK_frames_counter", doubleLongUnsigned),
        8: dynamic("CRC_NOK_frames_counter", doubleLongUnsigned),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const iec61334LlcSetup = (): InterfaceClass => ({
  id: 55,
  name: "IEC 61334-4-32 LLC setup",
  meaning: "Sets up the LLC layer of IEC 61334-4-32",
  versions: {
    1: {
      attributes: {
        2: fixed("max_frame_length", unsigned, "Bytes"),
        3: dynamic(
          "reply_status_list",
          array(structure({ L_SAP_selector: unsigned, length_of_waiting_L_SDU: unsigned })),
          "Which answers wait to be fetched",
        ),
      },
      methods: {},
    },
  },
});

export const sFskReportingSystemList = (): InterfaceClass => ({
  id: 56,
  name: "S-FSK Reporting system list",
  meaning: "Servers that have reported themselves and are not registered yet",
  versions: {
    0: { attributes: { 2: dynamic("reporting_system_list", array(systemTitle)) }, methods: {} },
  },
});

export const llcType1Setup = (): InterfaceClass => ({
  id: 57,
  name: "ISO/IEC 8802-2 LLC Type 1 setup",
  meaning: "Sets up the LLC layer in connectionless operation",
  versions: { 0: { attributes: { 2: fixed("max_octets_ui_pdu", longUnsigned) }, methods: {} } },
});

export const llcType2Setup = (): InterfaceClass => ({
  id: 58,
  name: "ISO/IEC 8802-2 LLC Type 2 setup",
  meaning: "Sets up the LLC layer in connection-oriented operation; its timers count seconds",
  versions: {
    0: {
      attributes: {
        2: fixed("transmit_window_size_k", unsigned),
        3: fixed("receive_window_size_rw", unsigned),
        4: fixed("max_octets_i_pdu_n1", longUnsigned),
        5: fixed("max_number_transmissions_n2", unsigned),
        6: fixed("acknowledgement_timer", longUnsigned),
        7: fixed("p_bit_timer", longUnsigned),
        8: fixed("reject_timer", longUnsigned),
        9: fixed("busy_state_timer", longUnsigned),
      },
      methods: {},
    },
  },
});

export const llcType3Setup = (): InterfaceClass => ({
  id: 59,
  name: "ISO/IEC 8802-2 LLC Type 3 setup",
  meaning: "Sets up the LLC layer in acknowledged connectionless operation",
  versions: {
    0: {
      attributes: {
        2: fixed("max_octets_acn_pdu_n3", longUnsigned),
        3: fixed("max_number_transmissions_n4", unsigned),
        4: fixed("acknowledgement_time_t1", longUnsigned, "Seconds"),
        5: fixed("receive_lifetime_var_t2", longUnsigned, "Seconds"),
        6: fixed("transmit_lifetime_var_t3", longUnsigned, "Seconds"),
      },
      methods: {},
    },
  },
});
