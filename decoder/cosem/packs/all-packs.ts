/** Every pack there is, in the order in which they are asked. */
import { austria } from "./austria.js";
import { belgium } from "./belgium.js";
import { czechia } from "./czechia.js";
import { dsmr } from "./dsmr.js";
import { elster } from "./elster.js";
import { germany } from "./germany.js";
import { hungary } from "./hungary.js";
import { idis } from "./idis.js";
import { india } from "./india.js";
import { italy } from "./italy.js";
import { kamstrup } from "./kamstrup.js";
import { luxembourg } from "./luxembourg.js";
import { norway } from "./norway.js";
import type { Pack } from "./pack.js";
import { spain } from "./spain.js";
import { sweden } from "./sweden.js";
import { switzerland } from "./switzerland.js";

export const packs: readonly Pack[] = [
  dsmr,
  idis,
  belgium,
  luxembourg,
  norway,
  kamstrup,
  sweden,
  austria,
  switzerland,
  germany,
  spain,
  italy,
  czechia,
  hungary,
  india,
  elster,
];

/** The pack with this id; undefined where there is none. */
export function findPack(id: string): Pack | undefined {
  return packs.find((pack) => pack.id === id);
}
