/** Basic meters of Germany, whose objects also stand in SML. */
import type { Pack } from "./pack.js";

export const germany: Pack = {
  id: "germany",
  name: "EDL and SML, Germany",
  source:
    "FNN specification of EDL meters (EDL21, EDL40); checked with descriptions of Logarex, EMH, ISKRA and eBZ meters",
  objects: `
129-129:199.130.3*255,,Manufacturer identification,,
129-129:199.130.5*255,,Public key,,
1-0:96.50.1*1,,Manufacturer identification,,
1-0:96.1.0*255,,Server ID,,
1-0:0.0.9*255,,Server ID,,
1-0:96.90.2*1,,Checksum,,
1-0:1.8.0*96,3,Active energy import of the last day,Wh,
1-0:1.8.0*97,3,Active energy import of the last 7 days,Wh,
1-0:1.8.0*98,3,Active energy import of the last 30 days,Wh,
1-0:1.8.0*99,3,Active energy import of the last 365 days,Wh,
1-0:1.8.0*100,3,Active energy import since the last reset,Wh,
1-0:81.7.1*255,3,Phase angle U L2 to U L1,°,
1-0:81.7.2*255,3,Phase angle U L3 to U L1,°,
1-0:81.7.4*255,3,Phase angle I L1 to U L1,°,
1-0:81.7.15*255,3,Phase angle I L2 to U L2,°,
1-0:81.7.26*255,3,Phase angle I L3 to U L3,°,
`,
};
