/** Firmware, functions and arrays of a server. IEC 62056-6-2, Access control and management. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitString,
  boolean,
  classId,
  doubleLongUnsigned,
  enumOf,
  integer,
  logicalName,
  longUnsigned,
  monitoredValue,
  octetString,
  openStructure,
  structure,
  text,
  unsigned,
} from "../value-rule.js";

export const imageTransfer = (): InterfaceClass => ({
  id: 18,
  name: "Image transfer",
  meaning: "Takes in new firmware block by block, verifies it and puts it into use",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "image_block_size",
          doubleLongUnsigned,
          "Bytes of a block; the last may be shorter",
        ),
        3: dynamic("image_transferred_blocks_status", bitString, "A bit a block, set when it came"),
        4: dynamic("image_first_not_transferred_block_number", doubleLongUnsigned),
        5: fixed("image_transfer_enabled", boolean),
        6: dynamic(
          "image_transfer_status",
          enumOf({
            0: "Image transfer not initiated",
            1: "Image transfer initiated",
            2: "Image verification initiated",
            3: "Image verification successful",
            4: "Image verification failed",
            5: "Image activation initiated",
            6: "Image activation successful",
            7: "Image activation failed",
          }),
        ),
        7: dynamic(
          "image_to_activate_info",
          array(
            structure({
              image_to_activate_size: doubleLongUnsigned,
              image_to_activate_identification: octetString,
              image_to_activate_signature: octetString,
            }),
          ),
        ),
      },
      methods: {
        1: method(
          "image_transfer_initiate",
          structure({ image_identifier: octetString, image_size: doubleLongUnsigned }),
        ),
        2: method(
          "image_block_transfer",
          structure({ image_block_number: doubleLongUnsigned, image_block_value: octetString }),
        ),
        3: method("image_verify", integer),
        4: method("image_activate", integer),
      },
    },
  },
});

const functionStates = array(structure({ function_name: text, function_status: boolean }));
const functionBlock = structure({
  function_name: text,
  function_specification: array(openStructure({ class_id: classId, logical_name: logicalName })),
});

export const functionControl = (): InterfaceClass => ({
  id: 122,
  name: "Function control",
  meaning: "Switches functions of the server on and off",
  versions: {
    0: {
      attributes: {
        2: dynamic("activation_status", functionStates),
        3: fixed("function_list", array(functionBlock), "The objects that make up each function"),
      },
      methods: {
        1: method("set_function_status", functionStates),
        2: method("add_function", functionBlock),
        3: method("remove_function", text, "The parameter is the name of the function"),
      },
    },
  },
});

const entryRange = structure({
  array_object_id: unsigned,
  entry_range: structure({ from_index: longUnsigned, to_index: longUnsigned }),
});
const numberedEntry = structure({
  array_object_id: unsigned,
  entry: structure({ index: longUnsigned, value: anything }),
});

export const arrayManager = (): InterfaceClass => ({
  id: 123,
  name: "Array manager",
  meaning: "Reads and changes single entries of attributes that are arrays",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "array_object_list",
          array(structure({ array_object_id: unsigned, array_object_element: monitoredValue })),
          "The arrays that are managed, with the number that methods name each by",
        ),
      },
      methods: {
        1: method("retrieve_number_of_entries", unsigned),
        2: method("retrieve_entries", entryRange),
        3: method("insert_entry", numberedEntry),
        4: method("update_entry", numberedEntry),
        5: method("remove_entries", entryRange),
      },
    },
  },
});
