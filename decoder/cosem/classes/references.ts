/** Shapes that the classes of communication share. IEC 62056-6-2. */
import { dateTime, formed, openStructure, structure } from "../value-rule.js";

/** The logical name of another object; empty where there is none. */
export const objectReference = formed("logical-name", "octet-string");

/** From when to when something is allowed. */
export const window = structure({ start_time: dateTime, end_time: dateTime });

/** A structure whose members are not known here. */
export const someStructure = openStructure({});
