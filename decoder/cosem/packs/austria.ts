/** Pushes of Austrian meters name their objects in flat lists; most names are of the standard. */
import type { Pack } from "./pack.js";

export const austria: Pack = {
  id: "austria",
  name: "Customer interface, Austria",
  source:
    "Descriptions of the customer interface by Netz NÖ, Salzburg Netz, TINETZ and IKB; checked with recorded pushes of Kaifa, Honeywell and Sagemcom meters",
  objects: `
0-0:1.0.0*255,8,Time stamp,,
0-0:96.1.0*255,1,Meter number,,
0-0:42.0.0*255,1,COSEM logical device name,,
1-0:1.8.0*255,3,Active energy +A,Wh,
1-0:2.8.0*255,3,Active energy -A,Wh,
1-0:3.8.0*255,3,Reactive energy +R,varh,
1-0:4.8.0*255,3,Reactive energy -R,varh,
1-0:1.7.0*255,3,Active power +P,W,
1-0:2.7.0*255,3,Active power -P,W,
1-0:32.7.0*255,3,Voltage L1,V,
1-0:52.7.0*255,3,Voltage L2,V,
1-0:72.7.0*255,3,Voltage L3,V,
1-0:31.7.0*255,3,Current L1,A,
1-0:51.7.0*255,3,Current L2,A,
1-0:71.7.0*255,3,Current L3,A,
1-0:13.7.0*255,3,Power factor,,
`,
};
