/** The values that the Swedish branch recommendation asks of every customer interface. */
import type { Pack } from "./pack.js";

export const sweden: Pack = {
  id: "sweden",
  name: "HAN port, Sweden",
  source:
    "Branch recommendation of Energiföretagen Sverige for customer interfaces (H1); checked with recorded pushes of Aidon and telegrams of Landis+Gyr, Sagemcom and Kamstrup meters; the list version of Kaifa (KFM_001) as amshan reads it and as Mälarenergi annotates a push",
  objects: `
1-0:0.2.129*255,,OBIS list version,,
0-0:1.0.0*255,8,Date and time,,
1-0:1.8.0*255,3,Meter reading - active energy import,Wh,
1-0:2.8.0*255,3,Meter reading - active energy export,Wh,
1-0:3.8.0*255,3,Meter reading - reactive energy import,varh,
1-0:4.8.0*255,3,Meter reading - reactive energy export,varh,
1-0:1.7.0*255,3,Active power import,W,
1-0:2.7.0*255,3,Active power export,W,
1-0:3.7.0*255,3,Reactive power import,var,
1-0:4.7.0*255,3,Reactive power export,var,
1-0:21.7.0*255,3,Active power import L1,W,
1-0:41.7.0*255,3,Active power import L2,W,
1-0:61.7.0*255,3,Active power import L3,W,
1-0:22.7.0*255,3,Active power export L1,W,
1-0:42.7.0*255,3,Active power export L2,W,
1-0:62.7.0*255,3,Active power export L3,W,
1-0:23.7.0*255,3,Reactive power import L1,var,
1-0:43.7.0*255,3,Reactive power import L2,var,
1-0:63.7.0*255,3,Reactive power import L3,var,
1-0:24.7.0*255,3,Reactive power export L1,var,
1-0:44.7.0*255,3,Reactive power export L2,var,
1-0:64.7.0*255,3,Reactive power export L3,var,
1-0:32.7.0*255,3,Phase voltage L1,V,
1-0:52.7.0*255,3,Phase voltage L2,V,
1-0:72.7.0*255,3,Phase voltage L3,V,
1-0:31.7.0*255,3,Phase current L1,A,
1-0:51.7.0*255,3,Phase current L2,A,
1-0:71.7.0*255,3,Phase current L3,A,
`,
};
