/**
 * How data is protected beside the association, and which part of a value is meant: shapes that
 * Data protection, Push setup and Compact data share. IEC 62056-6-2, COSEM data protection.
 */
import {
  array,
  choice,
  doubleLongUnsigned,
  enumOf,
  longUnsigned,
  octetString,
  structure,
  systemTitle,
  type ValueRule,
} from "../value-rule.js";

const entryNumber = choice(doubleLongUnsigned, longUnsigned);

/** Which entries of a buffer are meant. */
export const restriction: ValueRule = structure({
  restriction_type: enumOf({
    0: "none",
    1: "restriction by date",
    2: "restriction by entry",
  }),
  restriction_value: choice(
    structure({ from_date: octetString, to_date: octetString }),
    structure({ from_entry: entryNumber, to_entry: entryNumber }),
  ),
});

const identifiedKey = enumOf({
  0: "global unicast encryption key",
  1: "global broadcast encryption key",
});

const keyInfo = structure({
  key_info_type: enumOf({ 0: "identified_key", 1: "wrapped_key", 2: "agreed_key" }),
  key_info_options: choice(
    identifiedKey,
    structure({ key_id: identifiedKey }),
    structure({ kek_id: enumOf({ 0: "master key" }), key_ciphered_data: octetString }),
    structure({ key_parameters: octetString, key_ciphered_data: octetString }),
  ),
});

/** The layers of protection, in the order in which they are put on. */
export const protectionParameters: ValueRule = array(
  structure({
    protection_type: enumOf({
      0: "authentication",
      1: "encryption",
      2: "authentication and encryption",
      3: "digital signature",
    }),
    protection_options: structure({
      transaction_id: octetString,
      originator_system_title: systemTitle,
      recipient_system_title: systemTitle,
      other_information: octetString,
      key_info: keyInfo,
    }),
  }),
);
