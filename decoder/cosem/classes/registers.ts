/** Data and registers. IEC 62056-6-2, Interface classes for parameters and measurement data. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  dateTime,
  doubleLongUnsigned,
  integer,
  longUnsigned,
  scalerUnit,
  simpleTypes,
  types,
} from "../value-rule.js";

/** The simple types without those that no register has: boolean, date and time. */
export const registerValue = types(
  ...simpleTypes.filter((type) => !["boolean", "date-time", "date", "time"].includes(type)),
);

/** What a status of a register, or a word of states, may be. */
export const registerStatus = types(
  "bit-string",
  "double-long-unsigned",
  "octet-string",
  "visible-string",
  "utf8-string",
  "unsigned",
  "long-unsigned",
  "long64-unsigned",
);

export const data = (): InterfaceClass => ({
  id: 1,
  name: "Data",
  meaning: "Holds one value of any type: identifiers, counters, parameters",
  versions: { 0: { attributes: { 2: dynamic("value", anything) }, methods: {} } },
});

export const register = (): InterfaceClass => ({
  id: 3,
  name: "Register",
  meaning: "Holds a measured value or a status, with its scaler and unit",
  versions: {
    0: {
      attributes: {
        2: dynamic("value", registerValue),
        3: fixed("scaler_unit", scalerUnit, "The value counts in 10 to the power of the scaler"),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const extendedRegister = (): InterfaceClass => ({
  id: 4,
  name: "Extended register",
  meaning: "A register with a status and the time of its capture",
  versions: {
    0: {
      attributes: {
        2: dynamic("value", registerValue),
        3: fixed("scaler_unit", scalerUnit),
        4: dynamic("status", registerStatus),
        5: dynamic("capture_time", dateTime),
      },
      methods: { 1: method("reset", integer) },
    },
  },
});

export const demandRegister = (): InterfaceClass => ({
  id: 5,
  name: "Demand register",
  meaning: "Holds averages over periods: the current one, and the last that is complete",
  versions: {
    0: {
      attributes: {
        2: dynamic("current_average_value", registerValue),
        3: dynamic("last_average_value", registerValue),
        4: fixed("scaler_unit", scalerUnit),
        5: dynamic("status", registerStatus),
        6: dynamic("capture_time", dateTime),
        7: dynamic("start_time_current", dateTime),
        8: fixed("period", doubleLongUnsigned, "Seconds between two updates of the last average"),
        9: fixed("number_of_periods", longUnsigned),
      },
      methods: { 1: method("reset", integer), 2: method("next_period", integer) },
    },
  },
});
