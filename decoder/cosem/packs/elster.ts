/** Meters of Elster for Great Britain: tariffs in blocks, prices, change of tenancy and of supplier. */
import type { Pack } from "./pack.js";

export const elster: Pack = {
  id: "elster",
  name: "Elster AS300P, Great Britain",
  source:
    "Codes that EnergyICT published for the AS300P and AM110R; checked with the list of objects of a recorded Elster meter",
  objects: `
0-0:13.1.0*255,,Block tariff configuration,,
0-0:61.0.1*255,,Price matrix of active energy import,,
0-0:61.0.2*255,,Price matrix of active energy export,,
0-0:61.1.0*255,,Currency,,
0-0:61.2.0*255,,Standing charge,,
0-0:63.0.1*255,,Tariff rate labels of import,,
0-0:63.0.2*255,,Tariff rate labels of export,,
0-0:63.1.1*255,,Tariff information of import,,
0-0:63.1.2*255,,Tariff information of export,,
0-0:65.0.0*255,,Change of tenancy,,
0-0:65.1.1*255,,Change of supplier of import,,
0-0:65.1.2*255,,Change of supplier of export,,
0-1:93.44.10*255,,Emergency script (passive),,
`,
};
