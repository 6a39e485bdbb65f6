/** Landis+Gyr meters count energies in B 1 and push the list of their objects with the values. */
import type { Pack } from "./pack.js";

export const switzerland: Pack = {
  id: "switzerland",
  name: "Customer interface, Switzerland",
  source:
    "Pushes of Landis+Gyr E360 and E450 as scs/smartmeter-datacollector reads them; checked with recorded pushes",
  objects: `
0-6:25.9.0*255,40,Push setup of the customer interface,,
0-8:25.9.0*255,40,Push setup of the customer interface,,
0-0:96.1.0*255,1,Meter number,,
1-1:1.8.0*255,3,Active energy import (+A),Wh,
1-1:2.8.0*255,3,Active energy export (-A),Wh,
1-1:3.8.0*255,3,Reactive energy import (+R),varh,
1-1:4.8.0*255,3,Reactive energy export (-R),varh,
1-1:5.8.0*255,3,Reactive energy Q1,varh,
1-1:6.8.0*255,3,Reactive energy Q2,varh,
1-1:7.8.0*255,3,Reactive energy Q3,varh,
1-1:8.8.0*255,3,Reactive energy Q4,varh,
`,
};
