/**
 * G3 power line, ITU-T G.9903, and its hybrid with radio. IEC 62056-6-2, Interface classes for
 * setting up and managing DLMS/COSEM G3-PLC; for the newest versions DLMS UA 1000-1 Part 2, Ed. 16.
 */
import {
  type ClassAttribute,
  dynamic,
  fixed,
  type InterfaceClass,
  method,
} from "../interface-class.js";
import {
  anything,
  array,
  bitString,
  boolean,
  doubleLongUnsigned,
  enumerated,
  enumOf,
  formed,
  integer,
  longUnsigned,
  octetString,
  openStructure,
  structure,
  unsigned,
} from "../value-rule.js";

const shortAddress = formed("hex", "long-unsigned");

export const macLayerCounters = (): InterfaceClass => ({
  id: 90,
  name: "G3-PLC MAC layer counters",
  meaning: "Counts packets of the MAC layer",
  versions: {
    1: {
      attributes: {
        2: dynamic("mac_Tx_data_packet_count", doubleLongUnsigned),
        3: dynamic("mac_Rx_data_packet_count", doubleLongUnsigned),
        4: dynamic("mac_Tx_cmd_packet_count", doubleLongUnsigned),
        5: dynamic("mac_Rx_cmd_packet_count", doubleLongUnsigned),
        6: dynamic("mac_CSMA_fail_count", doubleLongUnsigned),
        7: dynamic("mac_CSMA_no_ACK_count", doubleLongUnsigned),
        8: dynamic("mac_bad_CRC_count", doubleLongUnsigned),
        9: dynamic("mac_Tx_data_broadcast_count", doubleLongUnsigned),
        10: dynamic("mac_Rx_data_broadcast_count", doubleLongUnsigned),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

const neighbour = {
  short_address: shortAddress,
  payload_modulation_scheme: boolean,
  tone_map: bitString,
  modulation: enumOf({ 0: "robust mode", 1: "DBPSK", 2: "DQPSK", 3: "D8PSK", 4: "16-QAM" }),
  tx_gain: integer,
  tx_res: enumOf({ 0: "6 dB", 1: "3 dB" }),
  tx_coeff: bitString,
  lqi: unsigned,
  phase_differential: integer,
};

const macSetupAttributes = {
  2: dynamic("mac_short_address", shortAddress, "0xFFFF: none yet"),
  3: dynamic("mac_RC_coord", longUnsigned, "The cost of the route to the coordinator"),
  4: dynamic("mac_PAN_id", shortAddress),
  5: dynamic("mac_key_table", array(structure({ key_id: unsigned, key: octetString }))),
  6: dynamic("mac_frame_counter", doubleLongUnsigned),
  7: fixed("mac_tone_mask", bitString),
  8: fixed("mac_TMR_TTL", unsigned, "How long tone map parameters stay valid, in minutes"),
  9: fixed("mac_max_frame_retries", unsigned),
  10: fixed(
    "mac_neighbour_table_entry_TTL",
    unsigned,
    "How long an entry of the table stays valid, in minutes",
  ),
  11: dynamic(
    "mac_neighbour_table",
    array(
      openStructure({ ...neighbour, TMR_valid_time: unsigned, neighbour_valid_time: unsigned }),
    ),
  ),
  12: fixed("mac_high_priority_window_size", unsigned),
  13: fixed("mac_CSMA_fairness_limit", unsigned),
  14: fixed("mac_beacon_randomization_window_length", unsigned, "Seconds"),
  15: fixed("mac_A", unsigned, "By how much the contention window shrinks"),
  16: fixed("mac_K", unsigned, "The rate adaptation factor of the fairness limit"),
  17: fixed("mac_min_CW_attempts", unsigned),
  18: fixed("mac_cenelec_legacy_mode", unsigned),
  19: fixed("mac_FCC_legacy_mode", unsigned),
  20: fixed("mac_max_BE", unsigned, "The largest backoff exponent"),
  21: fixed("mac_max_CSMA_backoffs", unsigned),
  22: fixed("mac_min_BE", unsigned, "The smallest backoff exponent"),
};

const macSetupAttributes2 = {
  ...macSetupAttributes,
  23: fixed("mac_broadcast_max_CW_enabled", boolean),
  24: fixed("mac_transmit_atten", unsigned),
  25: dynamic(
    "mac_POS_table",
    array(openStructure({ short_address: shortAddress, LQI: unsigned, POS_valid_time: unsigned })),
    "Devices in the personal operating space",
  ),
};

const macSetupAttributes3 = {
  ...macSetupAttributes2,
  26: fixed("mac_duplicate_detection_TTL", unsigned, "Seconds"),
};

const getNeighbourTableEntry = method("mac_get_neighbour_table_entry", shortAddress);
const getPosTableEntry = method("mac_get_POS_table_entry", shortAddress);

export const macSetup = (): InterfaceClass => ({
  id: 91,
  name: "G3-PLC MAC setup",
  meaning: "Sets up the MAC layer, and shows its tables",
  versions: {
    1: { attributes: macSetupAttributes, methods: { 1: getNeighbourTableEntry } },
    2: { attributes: macSetupAttributes2, methods: { 1: getNeighbourTableEntry } },
    3: {
      attributes: macSetupAttributes3,
      methods: { 1: getNeighbourTableEntry, 2: getPosTableEntry },
    },
    4: {
      attributes: {
        ...macSetupAttributes3,
        10: fixed(
          "mac_POS_table_entry_TTL",
          unsigned,
          "How long an entry of the table stays valid, in minutes",
        ),
        11: dynamic("mac_neighbour_table", array(openStructure(neighbour))),
        27: fixed("mac_POS_recent_entry_threshold", unsigned),
        28: fixed("mac_POS_recent_entries", longUnsigned),
        29: fixed("mac_preamble_length", unsigned),
      },
      methods: { 1: getNeighbourTableEntry, 2: getPosTableEntry },
    },
  },
});

const routingTable = dynamic(
  "adp_routing_table",
  array(
    openStructure({
      destination_address: shortAddress,
      next_hop_address: shortAddress,
      route_cost: longUnsigned,
      hop_count: unsigned,
      weak_link_count: unsigned,
      valid_time: longUnsigned,
    }),
  ),
);

const blacklistTable = dynamic(
  "adp_blacklist_table",
  array(openStructure({ blacklisted_neighbour_address: shortAddress, valid_time: longUnsigned })),
  "Neighbours that routes must avoid",
);

const adaptationAttributes = {
  2: fixed("adp_max_hops", unsigned),
  3: fixed("adp_weak_LQI_value", unsigned, "Below it a link counts as weak"),
  4: fixed("adp_security_level", unsigned),
  5: dynamic("adp_prefix_table", array(anything)),
  6: fixed(
    "adp_routing_configuration",
    array(
      openStructure({
        adp_net_traversal_time: unsigned,
        adp_routing_table_entry_TTL: longUnsigned,
        adp_Kr: unsigned,
        adp_Km: unsigned,
        adp_Kc: unsigned,
        adp_Kq: unsigned,
        adp_Kh: unsigned,
        adp_Krt: unsigned,
        adp_RREQ_retries: unsigned,
        adp_RREQ_RERR_wait: unsigned,
        adp_blacklist_table_entry_TTL: longUnsigned,
        adp_unicast_RREQ_gen_enable: boolean,
        adp_RLC_enabled: boolean,
        adp_add_rev_link_cost: unsigned,
      }),
    ),
    "Parameters of the routing protocol, LOADng",
  ),
  7: fixed("adp_broadcast_log_table_entry_TTL", longUnsigned),
  8: routingTable,
  9: dynamic(
    "adp_context_information_table",
    array(
      openStructure({
        CID: bitString,
        context_length: unsigned,
        context: octetString,
        C: boolean,
        valid_lifetime: longUnsigned,
      }),
    ),
    "Contexts of the compression of headers",
  ),
  10: blacklistTable,
  11: dynamic(
    "adp_broadcast_log_table",
    array(
      openStructure({
        source_address: shortAddress,
        sequence_number: unsigned,
        valid_time: longUnsigned,
      }),
    ),
  ),
  12: dynamic("adp_group_table", array(shortAddress)),
  13: fixed("adp_max_join_wait_time", longUnsigned, "Seconds"),
  14: fixed("adp_path_discovery_time", unsigned, "Seconds"),
  15: fixed("adp_active_key_index", unsigned),
  16: fixed("adp_metric_type", unsigned),
  17: fixed("adp_coord_short_address", shortAddress),
  18: fixed("adp_disable_default_routing", boolean),
  19: fixed("adp_device_type", enumOf({ 0: "PAN device", 1: "PAN coordinator", 2: "not defined" })),
};

const adaptationAttributes2 = {
  ...adaptationAttributes,
  20: fixed("adp_default_coord_route_enabled", boolean),
  21: dynamic("adp_destination_address_set", array(shortAddress)),
};

const adaptationAttributes3 = {
  ...adaptationAttributes2,
  22: fixed("adp_low_LQI_value", unsigned),
  23: fixed("adp_high_LQI_value", unsigned),
};

export const adaptationLayerSetup = (): InterfaceClass => ({
  id: 92,
  name: "G3-PLC 6LoWPAN adaptation layer setup",
  meaning: "Sets up the adaptation layer and its routing, and shows its tables",
  versions: {
    1: { attributes: adaptationAttributes, methods: {} },
    2: { attributes: adaptationAttributes2, methods: {} },
    3: { attributes: adaptationAttributes3, methods: {} },
    4: {
      attributes: {
        ...adaptationAttributes3,
        24: fixed("adp_delay_low_LQI", longUnsigned),
        25: fixed("adp_delay_high_LQI", longUnsigned),
        26: fixed("adp_RREQ_jitter_low_LQI", unsigned),
        27: fixed("adp_RREQ_jitter_high_LQI", unsigned),
        28: fixed("adp_trickle_data_enabled", boolean),
        29: fixed("adp_trickle_LQI_threshold_low", unsigned),
        30: fixed("adp_trickle_step", unsigned),
        31: fixed("adp_trickle_Imin", longUnsigned),
        32: fixed("adp_trickle_max_Ki", unsigned),
        33: fixed("adp_trickle_adaptive_Imin", boolean),
        34: fixed("adp_trickle_adaptive_Ki", boolean),
        35: fixed("adp_cluster_trickle_enabled", boolean),
        36: fixed("adp_cluster_min_LQI", unsigned),
        37: fixed("adp_cluster_trickle_K", unsigned),
        38: fixed("adp_cluster_RREQ_route_cost_deviation", unsigned),
        39: fixed("adp_cluster_trickle_I", longUnsigned),
        40: fixed("adp_trickle_LQI_threshold_high", unsigned),
      },
      methods: {},
    },
  },
});

export const hybridMacLayerCounters = (): InterfaceClass => ({
  id: 160,
  name: "G3-PLC Hybrid RF MAC layer counters",
  meaning: "Counts packets of the MAC layer of the radio",
  versions: { 0: { attributes: {}, methods: {} } },
});

const hybridMacAttributes: Readonly<Record<number, ClassAttribute>> = {
  2: fixed("mac_max_BE_RF", unsigned),
  3: fixed("mac_max_CSMA_backoffs_RF", unsigned),
  4: fixed("mac_max_frame_retries_RF", unsigned),
  5: fixed("mac_min_BE_RF", unsigned),
  6: dynamic("mac_frame_counter_RF", doubleLongUnsigned),
  7: fixed("mac_duplicate_detection_TTL_RF", unsigned),
  8: dynamic("mac_POS_table_RF", array(anything)),
  9: fixed("mac_operating_mode_RF", unsigned),
  10: fixed("mac_channel_number_RF", longUnsigned),
  11: dynamic("mac_duty_cycle_usage_RF", unsigned),
  12: fixed("mac_duty_cycle_period_RF", longUnsigned),
  13: fixed("mac_duty_cycle_limit_RF", longUnsigned),
  14: fixed("mac_duty_cycle_threshold_RF", unsigned),
  15: fixed("mac_disable_PHY_RF", boolean),
  16: fixed("mac_frequency_band_RF", enumerated),
  17: fixed("mac_transmit_atten_RF", unsigned),
  18: fixed("mac_adaptive_power_step_RF", unsigned),
  19: fixed("mac_adaptive_power_high_bound_RF", unsigned),
  20: fixed("mac_adaptive_power_low_bound_RF", unsigned),
  21: dynamic("mac_POS_recent_entries_RF", longUnsigned),
  22: fixed("mac_hopping_enabled_RF", boolean),
  23: fixed("mac_broadcast_interval_duration_RF", longUnsigned),
  24: fixed("mac_broadcast_slot_duration_RF", unsigned),
  25: fixed("mac_unicast_slot_duration_RF", unsigned),
  26: fixed("mac_extended_bitmap_RF", bitString),
  27: fixed("mac_beacon_randomization_window_length_RF", longUnsigned),
  28: fixed("mac_additional_channel_scan_time_RF", unsigned),
  29: fixed("mac_max_cca_attempts_retries_RF", unsigned),
  30: fixed("mac_min_inter_Tx_interval_RF", longUnsigned),
  31: fixed("mac_initial_retry_time_RF", longUnsigned),
  32: fixed("mac_maximum_retry_time_RF", longUnsigned),
  33: fixed("mac_max_clock_drift_RF", unsigned),
  34: fixed("mac_FH_unicast_schedule_address_RF", longUnsigned),
  35: fixed("mac_FH_unicast_slot_number_RF", longUnsigned),
  36: fixed("mac_FH_unicast_offset_RF", unsigned),
  37: fixed("mac_min_guard_time_RF", unsigned),
  38: fixed("mac_max_bcast_resync_wait_unit_RF", unsigned),
};

export const hybridMacSetup = (): InterfaceClass => ({
  id: 161,
  name: "G3-PLC Hybrid RF MAC setup",
  meaning: "Sets up the MAC layer of the radio",
  versions: {
    1: {
      attributes: hybridMacAttributes,
      methods: { 1: method("mac_get_POS_table_entry_RF", anything) },
    },
  },
});

export const hybridAdaptationLayerSetup = (): InterfaceClass => ({
  id: 162,
  name: "G3-PLC Hybrid 6LoWPAN adaptation layer setup",
  meaning: "Sets up what the adaptation layer does with power line and radio together",
  versions: {
    1: {
      attributes: {
        2: dynamic("adp_routing_table", array(anything)),
        3: dynamic("adp_blacklist_table", array(anything)),
        4: fixed("adp_low_LQI_value_RF", unsigned),
        5: fixed("adp_high_LQI_value_RF", unsigned),
        6: fixed("adp_routing_configuration_RF", array(anything)),
        7: fixed("adp_use_backup_media", boolean),
        8: fixed("adp_weak_LQI_value_RF", unsigned),
        9: fixed("adp_trickle_LQI_threshold_low_RF", unsigned),
        10: fixed("adp_delay_low_LQI_RF", longUnsigned),
        11: fixed("adp_delay_high_LQI_RF", longUnsigned),
        12: fixed("adp_RREQ_jitter_low_LQI_RF", unsigned),
        13: fixed("adp_RREQ_jitter_high_LQI_RF", unsigned),
        14: fixed("adp_cluster_trickle_I_RF", longUnsigned),
        15: fixed("adp_cluster_trickle_K_RF", unsigned),
        16: fixed("adp_cluster_min_LQI_RF", unsigned),
        17: fixed("adp_last_gasp", boolean),
        18: fixed("adp_probing_interval", unsigned),
        19: fixed("adp_trickle_LQI_threshold_high_RF", unsigned),
      },
      methods: {},
    },
  },
});
