/** IP, what is below and what is above it. IEC 62056-6-2, Internet setup classes. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  boolean,
  choice,
  codeOf,
  dateTime,
  doubleLongUnsigned,
  enumOf,
  formed,
  integer,
  ipv4Address,
  longUnsigned,
  octetString,
  structure,
  text,
  unsigned,
} from "../value-rule.js";
import { objectReference, someStructure } from "./references.js";

export const tcpUdpSetup = (): InterfaceClass => ({
  id: 41,
  name: "TCP-UDP setup",
  meaning: "Sets up the TCP or UDP port that the device listens on",
  versions: {
    0: {
      attributes: {
        2: fixed("TCP-UDP_port", longUnsigned),
        3: fixed("IP_reference", objectReference, "The object that sets up IP below it"),
        4: fixed("MSS", longUnsigned, "The maximum segment size of TCP, in bytes"),
        5: fixed("nb_of_sim_conn", unsigned, "How many connections there may be at a time"),
        6: fixed(
          "inactivity_time_out",
          longUnsigned,
          "Seconds without a message after which the connection ends; 0: never",
        ),
      },
      methods: {},
    },
  },
});

/** RFC 791, Options. */
const ipOptions = codeOf("unsigned", {
  7: "record route",
  68: "internet timestamp",
  130: "security",
  131: "loose source and record route",
  137: "strict source and record route",
});

export const ipv4Setup = (): InterfaceClass => ({
  id: 42,
  name: "IPv4 setup",
  meaning: "Sets up IPv4 on one interface",
  versions: {
    0: {
      attributes: {
        2: fixed("DL_reference", objectReference, "The object that sets up the link below it"),
        3: dynamic("IP_address", ipv4Address),
        4: dynamic("multicast_IP_address", array(ipv4Address)),
        5: fixed(
          "IP_options",
          array(
            structure({
              IP_Option_Type: ipOptions,
              IP_Option_Length: unsigned,
              IP_Option_Data: octetString,
            }),
          ),
        ),
        6: dynamic("subnet_mask", ipv4Address),
        7: dynamic("gateway_IP_address", ipv4Address),
        8: fixed("use_DHCP_flag", boolean),
        9: dynamic("primary_DNS_address", ipv4Address),
        10: dynamic("secondary_DNS_address", ipv4Address),
      },
      methods: {
        1: method("add_mc_IP_address", ipv4Address),
        2: method("delete_mc_IP_address", ipv4Address),
        3: method("get_nbof_mc_IP_addresses", anything),
      },
    },
  },
});

export const macAddressSetup = (): InterfaceClass => ({
  id: 43,
  name: "MAC address setup",
  meaning: "Holds the MAC address; it was called Ethernet setup at first",
  versions: {
    0: {
      attributes: { 2: fixed("MAC_address", formed("mac-address", "octet-string")) },
      methods: {},
    },
  },
});

/** RFC 1661 and the options registered beside it. */
const lcpOptions = codeOf("unsigned", {
  1: "Maximum-Receive-Unit",
  2: "Async-Control-Character-Map",
  3: "Authentication-Protocol",
  5: "Magic-Number",
  7: "Protocol-Field-Compression",
  8: "Address-and-Control-Field-Compression",
  9: "FCS-Alternatives",
  13: "Callback",
});

const ipcpOptions = codeOf("unsigned", {
  2: "IP-Compression-Protocol",
  3: "preferred local IP address",
  20: "preferred peer IP addresses",
  21: "Grant-Access-Only-to-Pref-Peer-on-List",
  22: "Use-Static-IP-Pool",
});

export const pppSetup = (): InterfaceClass => ({
  id: 44,
  name: "PPP setup",
  meaning: "Sets up PPP on one interface",
  versions: {
    0: {
      attributes: {
        2: fixed("PHY_reference", objectReference, "The object that sets up the port below it"),
        3: fixed(
          "LCP_options",
          array(
            structure({
              LCP_Option_Type: lcpOptions,
              LCP_Option_Length: unsigned,
              LCP_Option_Data: anything,
            }),
          ),
        ),
        4: fixed(
          "IPCP_options",
          array(
            structure({
              IPCP_Option_Type: ipcpOptions,
              IPCP_Option_Length: unsigned,
              IPCP_Option_Data: anything,
            }),
          ),
        ),
        5: fixed(
          "PPP_authentication",
          choice(structure({ user_name: text, password: octetString }), someStructure),
          "What it holds depends on the protocol: none, PAP, CHAP or EAP",
        ),
      },
      methods: {},
    },
  },
});

export const smtpSetup = (): InterfaceClass => ({
  id: 46,
  name: "SMTP setup",
  meaning: "Sets up the sending of e-mail",
  versions: {
    0: {
      attributes: {
        2: fixed("server_port", longUnsigned),
        3: fixed("user_name", text),
        4: fixed("login_password", text, "Empty: no authentication"),
        5: fixed("server_address", text),
        6: fixed("sender_address", text),
      },
      methods: {},
    },
  },
});

const ipv6Address = formed("ipv6-address", "octet-string");
const ipv6AddressChange = structure({
  address_type: enumOf({ 0: "unicast", 1: "multicast", 2: "gateway" }),
  address: ipv6Address,
});

export const ipv6Setup = (): InterfaceClass => ({
  id: 48,
  name: "IPv6 setup",
  meaning: "Sets up IPv6 on one interface",
  versions: {
    0: {
      attributes: {
        2: fixed("DL_reference", objectReference, "The object that sets up the link below it"),
        3: fixed(
          "address_config_mode",
          enumOf({
            0: "auto-configuration",
            1: "DHCPv6",
            2: "manual",
            3: "neighbour discovery",
          }),
        ),
        4: dynamic("unicast_IPv6_addresses", array(ipv6Address)),
        5: fixed("multicast_IPv6_addresses", array(ipv6Address)),
        6: fixed("gateway_IPv6_addresses", array(ipv6Address)),
        7: fixed("primary_DNS_address", ipv6Address),
        8: fixed("secondary_DNS_address", ipv6Address),
        9: fixed("traffic_class", unsigned, "The priority of packets, 0 to 63"),
        10: fixed(
          "neighbor_discovery_setup",
          array(
            structure({
              RS_max_retry: unsigned,
              RS_retry_wait_time: longUnsigned,
              RA_send_period: doubleLongUnsigned,
            }),
          ),
          "Router solicitations: attempts, and milliseconds between; seconds between advertisements",
        ),
      },
      methods: {
        1: method("add_IPv6_address", ipv6AddressChange),
        2: method("remove_IPv6_address", ipv6AddressChange),
      },
    },
  },
});

export const coapSetup = (): InterfaceClass => ({
  id: 152,
  name: "CoAP setup",
  meaning: "Sets up CoAP, RFC 7252, as the transport of DLMS",
  versions: {
    0: {
      attributes: {
        2: fixed("UDP_reference", objectReference, "The object that sets up UDP below it"),
        3: fixed("ack_timeout", longUnsigned, "The least time before a retransmission, in ms"),
        4: fixed("ack_random_factor", longUnsigned),
        5: fixed("max_retransmit", longUnsigned),
        6: fixed("nstart", longUnsigned, "How many requests may be open at a time"),
        7: fixed("delay_ack_timeout", longUnsigned, "Milliseconds an acknowledgement may wait"),
        8: fixed("exponential_back_off", longUnsigned),
        9: fixed("probing_rate", longUnsigned),
        10: fixed("CoAP_uri_path", text),
        11: fixed(
          "transport_mode",
          enumOf({ 1: "reliable", 2: "unreliable", 3: "reliable and unreliable" }),
        ),
        12: dynamic("version", anything, "Of the wrapper between DLMS and CoAP"),
        13: fixed("token_length", unsigned),
      },
      methods: {},
    },
  },
});

export const coapDiagnostic = (): InterfaceClass => ({
  id: 153,
  name: "CoAP diagnostic",
  meaning: "Counts messages of CoAP",
  versions: {
    0: {
      attributes: {
        2: dynamic(
          "messages_counter",
          structure({
            tx: doubleLongUnsigned,
            rx: doubleLongUnsigned,
            tx_resend: doubleLongUnsigned,
            tx_reset: doubleLongUnsigned,
            rx_reset: doubleLongUnsigned,
            tx_ack: doubleLongUnsigned,
            rx_ack: doubleLongUnsigned,
            rx_drop: doubleLongUnsigned,
            tx_non_piggybacked: doubleLongUnsigned,
            max_rtx_exceeded: doubleLongUnsigned,
          }),
        ),
        3: dynamic(
          "request_response_counter",
          structure({
            rx_requests: doubleLongUnsigned,
            tx_requests: doubleLongUnsigned,
            rx_response: doubleLongUnsigned,
            tx_response: doubleLongUnsigned,
            tx_client_error: doubleLongUnsigned,
            rx_client_error: doubleLongUnsigned,
            tx_server_error: doubleLongUnsigned,
            rx_server_error: doubleLongUnsigned,
          }),
        ),
        4: dynamic(
          "coap_bt_counter",
          structure({
            block_wise_transfer_started: doubleLongUnsigned,
            block_wise_transfer_completed: doubleLongUnsigned,
            block_wise_transfer_timeout: doubleLongUnsigned,
          }),
        ),
        5: dynamic(
          "capture_time",
          structure({ attribute_id: unsigned, timestamp: dateTime }),
          "Which attribute changed last, and when",
        ),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});
