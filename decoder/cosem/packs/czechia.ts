/** Pushes that EG.D describes for its customers. */
import type { Pack } from "./pack.js";

export const czechia: Pack = {
  id: "czechia",
  name: "Customer interface, Czechia (EG.D)",
  source:
    "Description of the customer interface by EG.D; checked with readers of XT211 meters and with the example push",
  objects: `
0-0:42.0.0*255,1,COSEM logical device name,,
0-2:25.9.0*255,40,Push setup of the customer interface,,
0-0:96.1.0*255,1,Meter number,,
0-0:96.1.1*255,1,Meter number,,
0-0:96.3.10*255,70,Disconnector state,,
0-0:17.0.0*255,71,Limiter threshold,W,
0-1-6:96.3.10*255,70,State of relay R{B},,
0-0:96.14.0*255,1,Current tariff,,
0-0:96.13.0*255,1,Consumer message,,
`,
};
