/**
 * Modems and mobile networks. IEC 62056-6-2, Interface classes for setting up data exchange via local
 * ports and modems.
 */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  array,
  codeOf,
  dateTime,
  doubleLongUnsigned,
  enumOf,
  integer,
  longUnsigned,
  structure,
  text,
  unsigned,
  visibleString,
} from "../value-rule.js";
import { baudRate } from "./baud-rates.js";
import { window } from "./references.js";

const modemProfile = fixed(
  "modem_profile",
  array(text),
  "The modem's words for its answers, in a fixed order: OK, CONNECT, RING, NO CARRIER, ERROR, …",
);

export const modemConfiguration = (): InterfaceClass => ({
  id: 27,
  name: "Modem configuration",
  meaning: "How the device talks to its modem; version 0 is called PSTN modem configuration",
  versions: {
    0: {
      attributes: {
        2: fixed("comm_speed", baudRate),
        3: fixed("initialization_string", array(structure({ request: text, response: text }))),
        4: modemProfile,
      },
      methods: {},
    },
    1: {
      attributes: {
        2: fixed("comm_speed", baudRate),
        3: fixed(
          "initialization_string",
          array(structure({ request: text, response: text, delay_after_response: longUnsigned })),
          "What is sent to the modem, what it must answer, and milliseconds to the next",
        ),
        4: modemProfile,
      },
      methods: {},
    },
  },
});

const autoAnswerAttributes = {
  2: fixed(
    "mode",
    enumOf({
      0: "line dedicated to the device",
      1: "shared line, limited number of calls",
      2: "shared line, limited number of successful calls",
      3: "no modem connected",
    }),
    "From 200 on: of the manufacturer",
  ),
  3: fixed("listening_window", array(window)),
  4: dynamic("status", enumOf({ 0: "inactive", 1: "active", 2: "locked" }), "Of the window"),
  5: fixed("number_of_calls", unsigned, "Calls that end the window; 0: no limit"),
  6: fixed(
    "number_of_rings",
    structure({ nr_rings_in_window: unsigned, nr_rings_out_of_window: unsigned }),
    "Rings before the modem answers; 0: it never does",
  ),
};

export const autoAnswer = (): InterfaceClass => ({
  id: 28,
  name: "Auto answer",
  meaning: "When the device answers calls; version 0 is called PSTN auto answer",
  versions: {
    0: { attributes: autoAnswerAttributes, methods: {} },
    2: {
      attributes: {
        ...autoAnswerAttributes,
        7: fixed(
          "list_of_allowed_callers",
          array(
            structure({
              caller_id: text,
              call_type: enumOf({ 0: "normal CSD call", 1: "wake-up request" }),
            }),
          ),
        ),
      },
      methods: {},
    },
  },
});

const dialModes = {
  0: "no auto dialling",
  1: "auto dialling at any time",
  2: "auto dialling within the calling window",
  3: "regular dialling within the calling window, for alarms at any time",
};
const connectModes = {
  ...dialModes,
  4: "SMS over PLMN",
  5: "SMS over PSTN",
  6: "e-mail",
};
const autoConnectAttributes = {
  3: fixed("repetitions", unsigned, "Attempts after one that failed"),
  4: fixed("repetition_delay", longUnsigned, "Seconds until the next attempt"),
  5: fixed("calling_window", array(window)),
};
const destinationList = fixed(
  "destination_list",
  array(text),
  "Where to: phone numbers, e-mail addresses, or others, as the mode has it",
);

export const autoConnect = (): InterfaceClass => ({
  id: 29,
  name: "Auto connect",
  meaning: "When the device calls or connects by itself; version 0 is called PSTN auto dial",
  versions: {
    0: {
      attributes: {
        2: fixed("mode", enumOf(dialModes), "From 200 on: of the manufacturer"),
        ...autoConnectAttributes,
        6: fixed("phone_list", array(text)),
      },
      methods: {},
    },
    1: {
      attributes: {
        2: fixed("mode", enumOf(connectModes), "From 200 on: of the manufacturer"),
        ...autoConnectAttributes,
        6: destinationList,
      },
      methods: {},
    },
    2: {
      attributes: {
        2: fixed(
          "mode",
          enumOf({
            ...connectModes,
            101: "always connected",
            102: "connected within the calling window",
            103: "connected within the calling window, else when told to connect",
            104: "connected when told to connect",
          }),
          "From 200 on: of the manufacturer",
        ),
        ...autoConnectAttributes,
        6: destinationList,
      },
      methods: { 1: method("connect", integer) },
    },
  },
});

/** Values of 3GPP TS 24.008, Quality of service information element; 0: as subscribed. */
const gprsQuality = structure({
  precedence: unsigned,
  delay: unsigned,
  reliability: unsigned,
  peak_throughput: unsigned,
  mean_throughput: unsigned,
});

export const gprsModemSetup = (): InterfaceClass => ({
  id: 45,
  name: "GPRS modem setup",
  meaning: "What a modem needs to get into a GPRS network",
  versions: {
    0: {
      attributes: {
        2: fixed("APN", text, "The name of the access point"),
        3: fixed("PIN_code", longUnsigned),
        4: fixed("quality_of_service", structure({ default: gprsQuality, requested: gprsQuality })),
      },
      methods: {},
    },
  },
});

/** 3GPP TS 27.007, AT+CSQ: 2 dB a step. */
const signalQuality = codeOf("unsigned", {
  0: "-113 dBm or less",
  ...Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [index + 1, `${2 * index - 111} dBm`]),
  ),
  31: "-51 dBm or more",
  99: "not known",
});
const bitErrorRate = codeOf("unsigned", {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, value) => [value, `RXQUAL_${value}`])),
  99: "not known",
});

const registrationStatus = dynamic(
  "status",
  enumOf({
    0: "not registered",
    1: "registered, home network",
    2: "not registered, searching",
    3: "registration denied",
    4: "unknown",
    5: "registered, roaming",
  }),
);
const circuitSwitchedStatus = dynamic(
  "cs_attachment",
  enumOf({ 0: "inactive", 1: "incoming call", 2: "active" }),
  "Of the circuit switched service",
);
const packetSwitchedStatus = { 0: "inactive", 1: "GPRS", 2: "EDGE", 3: "UMTS", 4: "HSDPA" };

const gsmAttributes = {
  2: dynamic("operator", visibleString, "The name of the network"),
  3: registrationStatus,
  4: circuitSwitchedStatus,
  8: dynamic("capture_time", dateTime, "When these values were taken"),
};
const cellAttributes = {
  6: dynamic(
    "cell_info",
    structure({
      cell_ID: doubleLongUnsigned,
      location_ID: longUnsigned,
      signal_quality: signalQuality,
      ber: bitErrorRate,
      mcc: longUnsigned,
      mnc: longUnsigned,
      channel_number: doubleLongUnsigned,
    }),
    "The cell in use: country (mcc), network (mnc), and its bit error rate (ber)",
  ),
  7: dynamic(
    "adjacent_cells",
    array(structure({ cell_ID: doubleLongUnsigned, signal_quality: signalQuality })),
  ),
};

export const gsmDiagnostic = (): InterfaceClass => ({
  id: 47,
  name: "GSM diagnostic",
  meaning: "What the modem knows of its mobile network",
  versions: {
    0: {
      attributes: {
        ...gsmAttributes,
        5: dynamic("ps_status", enumOf(packetSwitchedStatus), "Of the packet switched service"),
        6: dynamic(
          "cell_info",
          structure({
            cell_ID: longUnsigned,
            location_ID: longUnsigned,
            signal_quality: signalQuality,
            ber: bitErrorRate,
          }),
          "The cell in use, and its bit error rate (ber)",
        ),
        7: dynamic(
          "adjacent_cells",
          array(structure({ cell_ID: longUnsigned, signal_quality: signalQuality })),
        ),
      },
      methods: {},
    },
    1: {
      attributes: {
        ...gsmAttributes,
        5: dynamic(
          "ps_status",
          enumOf({ ...packetSwitchedStatus, 5: "LTE", 6: "CDMA" }),
          "Of the packet switched service",
        ),
        ...cellAttributes,
      },
      methods: {},
    },
    2: {
      attributes: {
        ...gsmAttributes,
        5: dynamic(
          "ps_status",
          enumOf({
            ...packetSwitchedStatus,
            5: "LTE",
            6: "CDMA",
            7: "LTE Cat M1",
            8: "LTE Cat NB1",
            9: "LTE Cat NB2",
          }),
          "Of the packet switched service",
        ),
        ...cellAttributes,
      },
      methods: {},
    },
  },
});

export const lteMonitoring = (): InterfaceClass => ({
  id: 151,
  name: "LTE monitoring",
  meaning: "Timers and signals of the LTE network, 3GPP TS 24.301 and TS 36.133",
  versions: {
    0: {
      attributes: {
        2: dynamic(
          "LTE_quality_of_service",
          structure({
            T3402: longUnsigned,
            T3412: longUnsigned,
            RSRQ: unsigned,
            RSRP: unsigned,
            qRxlevMin: integer,
          }),
          "Timers in seconds; quality (RSRQ) and level (RSRP) of the signal; least level in dBm",
        ),
      },
      methods: {},
    },
    1: {
      attributes: {
        2: dynamic(
          "LTE_network_parameters",
          structure({
            T3402: longUnsigned,
            T3412: longUnsigned,
            T3412ext2: doubleLongUnsigned,
            T3324: longUnsigned,
            TeDRX: doubleLongUnsigned,
            TPTW: longUnsigned,
            qRxlevMin: integer,
            "qRxlevMinCE-r13": integer,
            "qRxLevMinCE1-r13": integer,
          }),
          "Timers in seconds (TeDRX and TPTW in hundredths), and least levels of the signal in dBm",
        ),
        3: dynamic(
          "LTE_quality_of_service",
          structure({
            RSRQ: integer,
            RSRP: integer,
            SNR: integer,
            CE: enumOf({
              0: "CE mode A, or CE level 0",
              1: "CE mode B, or CE level 1",
              2: "CE level 2",
            }),
          }),
          "Quality (RSRQ) and level (RSRP) of the signal, its ratio to noise, coverage enhancement",
        ),
      },
      methods: {},
    },
  },
});
