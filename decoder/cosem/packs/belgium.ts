/** P1 port of Belgian meters. */
import type { Pack } from "./pack.js";

export const belgium: Pack = {
  id: "belgium",
  name: "e-MUCS, Belgium",
  source:
    "e-MUCS P1 1.7.1 of Fluvius, ORES, Resa and Sibelga; checked with dsmr_parser and telegrams of Fluvius and ORES meters",
  objects: `
0-0:96.1.4*255,1,Version of the e-MUCS specification,,
0-0:96.1.1*255,1,Equipment identifier,,
0-0:96.1.2*255,1,EAN code,,
1-0:1.8.1*255,3,Energy delivered to the client - day (tariff 1),Wh,
1-0:1.8.2*255,3,Energy delivered to the client - night (tariff 2),Wh,
1-0:2.8.1*255,3,Energy delivered by the client - day (tariff 1),Wh,
1-0:2.8.2*255,3,Energy delivered by the client - night (tariff 2),Wh,
1-0:1.4.0*255,5,Current average demand,W,
1-0:1.6.0*255,4,Maximum demand of the running month,W,
0-0:98.1.0*255,7,Maximum demand of the last 13 months,,
0-0:17.0.0*255,71,Limiter threshold,W,
1-0:31.4.0*255,,Fuse supervision threshold,A,
0-0:96.3.10*255,70,Breaker state,,
0-0:96.13.0*255,1,Text message,,
0-1-4:24.1.0*255,72,Device type of the M-Bus device - channel {B},,
0-1-4:96.1.1*255,1,Equipment identifier of the M-Bus device - channel {B},,
0-1-4:96.1.2*255,1,EAN code of the M-Bus device - channel {B},,
0-1-4:24.4.0*255,70,Valve or breaker state of the M-Bus device - channel {B},,
0-1-4:24.2.1*255,4,Last reading of the M-Bus device - channel {B},,
0-1-4:24.2.3*255,4,Last reading of the M-Bus device without temperature correction - channel {B},,
`,
};
