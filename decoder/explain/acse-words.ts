/**
 * Words that fields of ACSE hold instead of numbers: their tables are not in the registry of fields.
 * IEC 62056-5-3, ACSE APDUs.
 */
import { results } from "../acse/aare.js";
import { applicationContexts, mechanisms } from "../acse/object-name.js";
import { requestReasons, responseReasons } from "../acse/release.js";
import { providerDiagnostics, userDiagnostics } from "../acse/result-source.js";
import type { ValueTable } from "../core/fields.js";

export interface WordTable {
  /** Whose words they are, where the field has several tables. */
  readonly of?: string;
  readonly words: ValueTable;
}

/** The tables of the field with that name; none for most. */
export function acseWords(fieldId: string): readonly WordTable[] {
  switch (fieldId) {
    case "acse.application-context-name":
      return [{ words: applicationContexts.words }];
    case "acse.mechanism-name":
      return [{ words: mechanisms.words }];
    case "acse.result":
      return [{ words: results }];
    case "acse.result-source-diagnostic":
      return [
        { of: "acse-service-user", words: userDiagnostics },
        { of: "acse-service-provider", words: providerDiagnostics },
      ];
    case "acse.reason":
      return [
        { of: "RLRQ", words: requestReasons },
        { of: "RLRE", words: responseReasons },
      ];
    default:
      return [];
  }
}
