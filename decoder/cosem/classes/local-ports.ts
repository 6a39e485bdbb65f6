/**
 * Local ports. IEC 62056-6-2, Interface classes for setting up data exchange via local ports and
 * modems.
 */
import { dynamic, fixed, type InterfaceClass } from "../interface-class.js";
import {
  array,
  enumOf,
  integer,
  longUnsigned,
  octetString,
  octets,
  text,
  types,
  unsigned,
} from "../value-rule.js";
import { baudRate } from "./baud-rates.js";

const localPortAttributes = {
  3: fixed("default_baud", baudRate, "The speed of the opening sequence"),
  4: fixed("prop_baud", baudRate, "The speed that the meter proposes"),
  5: fixed(
    "response_time",
    enumOf({ 0: "20 ms", 1: "200 ms" }),
    "The shortest time from the end of a request to the start of its response",
  ),
  6: fixed("device_addr", text, "The address of the device, after IEC 62056-21"),
  7: fixed("pass_p1", octetString, "Password 1, after IEC 62056-21"),
  8: fixed("pass_p2", octetString, "Password 2, after IEC 62056-21"),
  9: fixed("pass_w5", octetString, "A password for national applications"),
};

export const iecLocalPortSetup = (): InterfaceClass => ({
  id: 19,
  name: "IEC local port setup",
  meaning: "Sets up a local port, optical or electrical, that speaks IEC 62056-21",
  versions: {
    0: {
      attributes: {
        2: fixed("default_mode", enumOf({ 0: "IEC 62056-21, modes A to E", 1: "HDLC" })),
        ...localPortAttributes,
      },
      methods: {},
    },
    1: {
      attributes: {
        2: fixed(
          "default_mode",
          enumOf({
            0: "IEC 62056-21, modes A to E",
            1: "HDLC",
            2: "not specified; prop_baud is the speed",
          }),
        ),
        ...localPortAttributes,
      },
      methods: {},
    },
  },
});

// A byte in version 0, two since version 1; meters of either send either.
const informationFieldLength = types("unsigned", "long-unsigned");

const hdlcAttributes = {
  2: fixed("comm_speed", baudRate),
  3: fixed("window_size_transmit", unsigned, "Frames sent before an acknowledgement is needed"),
  4: fixed("window_size_receive", unsigned, "Frames taken before an acknowledgement is sent"),
  5: fixed("max_info_field_length_transmit", informationFieldLength, "Bytes"),
  6: fixed("max_info_field_length_receive", informationFieldLength, "Bytes"),
  7: fixed(
    "inter_octet_time_out",
    longUnsigned,
    "Milliseconds without a byte after which a frame counts as complete",
  ),
  8: fixed(
    "inactivity_time_out",
    longUnsigned,
    "Seconds without a frame after which the connection ends; 0: never",
  ),
  9: fixed("device_address", longUnsigned, "The lower HDLC address: of the physical device"),
};

export const iecHdlcSetup = (): InterfaceClass => ({
  id: 23,
  name: "IEC HDLC setup",
  meaning: "Sets up a port that speaks HDLC",
  versions: {
    0: { attributes: hdlcAttributes, methods: {} },
    1: { attributes: hdlcAttributes, methods: {} },
  },
});

const tabiList = array(integer);

export const iecTwistedPairSetup = (): InterfaceClass => ({
  id: 24,
  name: "IEC twisted pair (1) setup",
  meaning: "Sets up a port on a twisted pair with carrier signalling, IEC 62056-3-1",
  versions: {
    0: {
      attributes: {
        2: fixed("secondary_address", octets(6), "The address of the station: its ADS"),
        3: fixed("primary_address_list", array(octetString)),
        4: fixed("tabi_list", tabiList, "What the station answers to in a call of forgotten ones"),
        5: dynamic(
          "fatal_error",
          enumOf({
            0: "no error",
            1: "t-EP-1F",
            2: "t-EP-2F",
            3: "t-EP-4F",
            4: "t-EP-5F",
            5: "eT-1F",
            6: "eT-2F",
            7: "e-EP-3F",
            8: "e-EP-4F",
            9: "e-EP-5F",
            10: "e-EL-2F",
          }),
          "The last fatal error of the protocol",
        ),
      },
      methods: {},
    },
    1: {
      attributes: {
        2: fixed("mode", enumOf({ 0: "inactive", 1: "active" })),
        3: fixed("speed", baudRate),
        4: fixed("primary_addresses", array(types("unsigned", "octet-string"))),
        5: fixed("tabis", tabiList, "What the station answers to in a call of forgotten ones"),
      },
      methods: {},
    },
  },
});
