/**
 * PRIME power line. IEC 62056-6-2, Interface classes for setting up and managing DLMS/COSEM PRIME
 * NB OFDM PLC.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  array,
  bitsOf,
  doubleLongUnsigned,
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

const macAddress = formed("mac-address", "octet-string");
/** Numbers that are signed by the standard, though they never are negative. */
const small = types("integer", "unsigned");
const number = types("long", "long-unsigned");

export const llcSscsSetup = (): InterfaceClass => ({
  id: 80,
  name: "61334-4-32 LLC SSCS setup",
  meaning: "Addresses that a PRIME node got when its convergence layer was opened",
  versions: {
    0: {
      attributes: {
        2: dynamic("service_node_address", longUnsigned, "0xFFE: not registered"),
        3: dynamic("base_node_address", longUnsigned, "0: not registered"),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const physicalLayerCounters = (): InterfaceClass => ({
  id: 81,
  name: "PRIME NB OFDM PLC Physical layer counters",
  meaning: "Counts frames that the physical layer lost",
  versions: {
    0: {
      attributes: {
        2: dynamic("phy_stats_crc_incorrect_count", longUnsigned),
        3: dynamic("phy_stats_crc_fail_count", longUnsigned),
        4: dynamic("phy_stats_tx_drop_count", longUnsigned),
        5: dynamic("phy_stats_rx_drop_count", longUnsigned),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const macSetup = (): InterfaceClass => ({
  id: 82,
  name: "PRIME NB OFDM PLC MAC setup",
  meaning: "Parameters of the MAC layer that may be changed",
  versions: {
    0: {
      attributes: {
        2: fixed("mac_min_switch_search_time", unsigned, "Seconds"),
        3: fixed("mac_max_promotion_pdu", unsigned),
        4: fixed("mac_promotion_pdu_tx_period", unsigned, "Seconds"),
        5: fixed("mac_beacons_per_frame", unsigned),
        6: fixed("mac_scp_max_tx_attempts", unsigned),
        7: fixed("mac_ctl_re_tx_timer", unsigned, "Seconds"),
        8: fixed("mac_max_ctl_re_tx", unsigned),
      },
      methods: {},
    },
  },
});

export const macFunctionalParameters = (): InterfaceClass => ({
  id: 83,
  name: "PRIME NB OFDM PLC MAC functional parameters",
  meaning: "What the MAC layer is now: its place in the network, its beacons",
  versions: {
    0: {
      attributes: {
        2: fixed("mac_LNID", number, "The local node id under its switch"),
        3: fixed("mac_LSID", unsigned, "The id as a switch"),
        4: fixed("mac_SID", unsigned, "The id of its switch; 0: the base node"),
        5: fixed("mac_SNA", macAddress, "The address of the subnetwork: that of its base node"),
        6: fixed("mac_state", enumOf({ 0: "disconnected", 1: "terminal", 2: "switch", 3: "base" })),
        7: fixed("mac_scp_length", number, "The shared contention period, in symbols"),
        8: fixed("mac_node_hierarchy_level", unsigned),
        9: fixed("mac_beacon_slot_count", unsigned),
        10: fixed("mac_beacon_rx_slot", unsigned),
        11: fixed("mac_beacon_tx_slot", unsigned),
        12: fixed("mac_beacon_rx_frequency", unsigned),
        13: fixed("mac_beacon_tx_frequency", unsigned),
        14: fixed(
          "mac_capabilities",
          bitsOf("long-unsigned", {
            0: "switch capable",
            1: "packet aggregation",
            2: "contention free period",
            3: "direct connection",
            4: "multicast",
            5: "PHY robustness management",
            6: "ARQ",
            8: "direct connection switching",
            9: "multicast switching",
            10: "PHY robustness management switching",
            11: "ARQ buffering switching",
          }),
        ),
      },
      methods: {},
    },
  },
});

export const macCounters = (): InterfaceClass => ({
  id: 84,
  name: "PRIME NB OFDM PLC MAC counters",
  meaning: "Counts packets of the MAC layer",
  versions: {
    0: {
      attributes: {
        2: dynamic("mac_tx_data_pkt_count", doubleLongUnsigned),
        3: dynamic("mac_rx_data_pkt_count", doubleLongUnsigned),
        4: dynamic("mac_tx_ctrl_pkt_count", doubleLongUnsigned),
        5: dynamic("mac_rx_ctrl_pkt_count", doubleLongUnsigned),
        6: dynamic("mac_csma_fail_count", doubleLongUnsigned),
        7: dynamic("mac_csma_ch_busy_count", doubleLongUnsigned),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const macNetworkAdministrationData = (): InterfaceClass => ({
  id: 85,
  name: "PRIME NB OFDM PLC MAC network administration data",
  meaning: "Lists of the MAC layer: groups, switches, connections and neighbours",
  versions: {
    0: {
      attributes: {
        2: dynamic(
          "mac_list_multicast_entries",
          array(structure({ mcast_entry_lcid: small, mcast_entry_members: number })),
        ),
        3: dynamic("mac_list_switch_table", array(number)),
        4: dynamic(
          "mac_list_direct_table",
          array(
            structure({
              dconn_entry_src_sid: number,
              dconn_entry_src_lnid: number,
              dconn_entry_src_lcid: number,
              dconn_entry_dst_sid: number,
              dconn_entry_dst_lnid: number,
              dconn_entry_dst_lcid: number,
              dconn_entry_did: macAddress,
            }),
          ),
        ),
        5: dynamic(
          "mac_list_available_switches",
          array(
            structure({
              slist_entry_sna: macAddress,
              slist_entry_lsid: number,
              slist_entry_level: small,
              slist_entry_rx_lvl: small,
              slist_entry_rx_snr: small,
            }),
          ),
        ),
        6: dynamic(
          "mac_list_phy_comm",
          array(
            structure({
              phy_comm_eui: octetString,
              phy_comm_tx_pwr: small,
              phy_comm_tx_cod: small,
              phy_comm_rx_cod: small,
              phy_comm_rx_lvl: small,
              phy_comm_snr: small,
              phy_comm_tx_pwr_mod: small,
              phy_comm_tx_cod_mod: small,
              phy_comm_rx_cod_mod: small,
            }),
          ),
        ),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const applicationIdentification = (): InterfaceClass => ({
  id: 86,
  name: "PRIME NB OFDM PLC Application identification",
  meaning: "Which firmware the modem has, and whose it is",
  versions: {
    0: {
      attributes: {
        2: fixed("firmware_version", text),
        3: fixed("vendor_Id", longUnsigned),
        4: fixed("product_Id", longUnsigned),
      },
      methods: {},
    },
  },
});
