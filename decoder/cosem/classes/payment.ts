/** Prepayment: accounts, credits, charges and tokens. IEC 62056-6-2, Payment metering. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitString,
  bitsOf,
  dateTime,
  doubleLong,
  doubleLongUnsigned,
  enumOf,
  integer,
  logicalName,
  long,
  long64Unsigned,
  longUnsigned,
  monitoredValue,
  octetString,
  structure,
  unsigned,
  utf8String,
  visibleString,
} from "../value-rule.js";

export const account = (): InterfaceClass => ({
  id: 111,
  name: "Account",
  meaning: "A customer's account: what credit is there, and which charges are taken from it",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "account_mode_and_status",
          structure({
            payment_mode: enumOf({ 1: "credit mode", 2: "prepayment mode" }),
            account_status: enumOf({
              1: "new (inactive) account",
              2: "account active",
              3: "account closed",
            }),
          }),
        ),
        3: dynamic("current_credit_in_use", unsigned, "Its number in credit_reference_list"),
        4: dynamic(
          "current_credit_status",
          bitsOf("bit-string", {
            0: "in_credit",
            1: "low_credit",
            2: "next_credit_enabled",
            3: "next_credit_selectable",
            4: "next_credit_selected",
            5: "selectable_credit_in_use",
            6: "out_of_credit",
          }),
        ),
        5: dynamic(
          "available_credit",
          doubleLong,
          "The sum of the positive amounts of its credits",
        ),
        6: dynamic("amount_to_clear", doubleLong, "The debt to be paid before credit is available"),
        7: fixed("clearance_threshold", doubleLong),
        8: dynamic("aggregated_debt", doubleLong),
        9: fixed("credit_reference_list", array(logicalName)),
        10: fixed("charge_reference_list", array(logicalName)),
        11: fixed(
          "credit_charge_configuration",
          array(
            structure({
              credit_reference: logicalName,
              charge_reference: logicalName,
              collection_configuration: bitsOf("bit-string", {
                0: "collect when supply disconnected",
                1: "collect in load limiting periods",
                2: "collect in friendly credit periods",
              }),
            }),
          ),
          "Which charge is taken from which credit",
        ),
        12: fixed(
          "token_gateway_configuration",
          array(structure({ credit_reference: logicalName, token_proportion: unsigned })),
          "How much of a token goes to each credit, in percent",
        ),
        13: fixed("account_activation_time", dateTime),
        14: fixed("account_closure_time", dateTime),
        15: fixed(
          "currency",
          structure({
            currency_name: utf8String,
            currency_scale: integer,
            currency_unit: enumOf({ 0: "time", 1: "consumption", 2: "monetary" }),
          }),
          "What all amounts of the account are in",
        ),
        16: dynamic("low_credit_threshold", doubleLong),
        17: dynamic("next_credit_available_threshold", doubleLong),
        18: fixed("max_provision", longUnsigned),
        19: fixed("max_provision_period", doubleLong),
      },
      methods: {
        1: method("activate_account", integer),
        2: method("close_account", integer),
        3: method("reset_account", integer),
      },
    },
  },
});

export const credit = (): InterfaceClass => ({
  id: 112,
  name: "Credit",
  meaning: "One credit of an account: from tokens, for emergencies, or given from time to time",
  versions: {
    0: {
      attributes: {
        2: dynamic("current_credit_amount", doubleLong),
        3: fixed(
          "credit_type",
          enumOf({
            0: "token_credit",
            1: "reserved_credit",
            2: "emergency_credit",
            3: "time_based_credit",
            4: "consumption_based_credit",
          }),
        ),
        4: fixed("priority", unsigned),
        5: fixed("warning_threshold", doubleLong),
        6: fixed("limit", doubleLong, "The amount at which the credit is exhausted"),
        7: fixed(
          "credit_configuration",
          bitsOf("bit-string", {
            0: "requires visual indication",
            1: "requires confirmation before it is selected",
            2: "requires the amount to be paid back",
            3: "resettable",
            4: "able to receive amounts from tokens",
          }),
        ),
        8: dynamic(
          "credit_status",
          enumOf({
            0: "enabled",
            1: "selectable",
            2: "selected/invoked",
            3: "in use",
            4: "exhausted",
          }),
        ),
        9: fixed("preset_credit_amount", doubleLong),
        10: fixed("credit_available_threshold", doubleLong),
        11: fixed("period", dateTime, "When the credit is filled up again"),
      },
      methods: {
        1: method("update_amount", doubleLong, "The parameter is added to the amount"),
        2: method("set_amount_to_value", doubleLong),
        3: method("invoke_credit", integer),
      },
    },
  },
});

const chargeTable = array(structure({ index: octetString, charge_per_unit: long }));
const unitCharge = structure({
  charge_per_unit_scaling: structure({ commodity_scale: integer, price_scale: integer }),
  commodity_reference: monitoredValue,
  charge_table: chargeTable,
});

export const charge = (): InterfaceClass => ({
  id: 113,
  name: "Charge",
  meaning: "What is taken from an account: for consumption, by time, or of each payment",
  versions: {
    0: {
      attributes: {
        2: dynamic("total_amount_paid", doubleLong),
        3: fixed(
          "charge_type",
          enumOf({
            0: "consumption_based_collection",
            1: "time_based_collection",
            2: "payment_event_based_collection",
          }),
        ),
        4: fixed("priority", unsigned),
        5: fixed("unit_charge_active", unitCharge),
        6: fixed("unit_charge_passive", unitCharge),
        7: fixed("unit_charge_activation_time", dateTime),
        8: fixed("period", doubleLongUnsigned, "Seconds between two collections"),
        9: fixed(
          "charge_configuration",
          bitsOf("bit-string", { 0: "percentage based collection", 1: "continuous collection" }),
        ),
        10: dynamic("last_collection_time", dateTime),
        11: dynamic("last_collection_amount", doubleLong),
        12: dynamic("total_amount_remaining", doubleLong),
        13: fixed("proportion", longUnsigned, "The part of a payment that is taken"),
      },
      methods: {
        1: method("update_unit_charge", chargeTable),
        2: method("activate_passive_unit_charge", integer),
        3: method("collect", integer),
        4: method("update_total_amount_remaining", doubleLong, "The parameter is added"),
        5: method("set_total_amount_remaining", doubleLong),
      },
    },
  },
});

export const tokenGateway = (): InterfaceClass => ({
  id: 115,
  name: "Token gateway",
  meaning: "Where tokens that were bought come in",
  versions: {
    0: {
      attributes: {
        2: dynamic("token", octetString, "The token that came last"),
        3: dynamic("token_time", dateTime),
        4: dynamic("token_description", array(octetString)),
        5: dynamic(
          "token_delivery_method",
          enumOf({
            0: "via remote communications",
            1: "via local communications",
            2: "via manual entry",
          }),
        ),
        6: dynamic(
          "token_status",
          structure({
            status_code: enumOf({
              0: "token format OK",
              1: "authentication OK",
              2: "validation OK",
              3: "token execution OK",
              4: "token format failure",
              5: "authentication failure",
              6: "validation failure",
              7: "token execution failure",
              8: "token received, not yet processed",
            }),
            data_value: bitString,
          }),
        ),
      },
      methods: { 1: method("enter", octetString, "The parameter is the token") },
    },
  },
});

export const stsAttributes = (): InterfaceClass => ({
  id: 116,
  name: "IEC 62055-41 attributes",
  meaning: "What a meter with tokens of IEC 62055-41 (STS) is known by, and its keys",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "meter_pan",
          structure({
            issuer_identification_number: doubleLongUnsigned,
            decoder_reference_number: long64Unsigned,
            pan_check_digit: unsigned,
          }),
          "The primary account number of the meter",
        ),
        3: fixed("commodity", visibleString),
        4: fixed("token_carrier_types", array(anything)),
        5: fixed("encryption_algorithm", unsigned),
        6: dynamic("supply_group_code", doubleLongUnsigned),
        7: dynamic("tariff_index", unsigned),
        8: dynamic("key_revision_number", unsigned),
        9: dynamic("key_type", unsigned),
        10: dynamic("key_expiry_number", unsigned),
        11: fixed("no_of_kct_supported", unsigned, "How many key change tokens it takes"),
        12: fixed("sts_certificate_no", visibleString),
      },
      methods: {},
    },
  },
});
