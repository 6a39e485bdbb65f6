/** P1 port of Hungarian meters. */
import type { Pack } from "./pack.js";

export const hungary: Pack = {
  id: "hungary",
  name: "P1 port, Hungary",
  source: "P1 port of E.ON Hungária; checked with dsmr_parser and readers of its telegrams",
  objects: `
0-0:42.0.0*255,1,COSEM logical device name,,
0-0:96.1.0*255,1,Meter serial number,,
0-0:96.14.0*255,1,Current tariff,,
0-0:96.50.68*255,,Breaker state,,
0-0:96.3.10*255,70,Breaker state,,
0-0:17.0.0*255,71,Limiter threshold,W,
1-0:15.8.0*255,3,Active energy combined (|+A|+|-A|),Wh,
0-0:98.1.0*255,7,Values at the end of the last month,,
0-0:96.13.0*255,1,Text message,,
`,
};
