/** Kamstrup counts B from 1 and says no units: energies are in steps of 10 Wh, currents of 10 mA. */
import type { Pack } from "./pack.js";

export const kamstrup: Pack = {
  id: "kamstrup",
  name: "Kamstrup Omnipower, Norway and Denmark",
  source:
    "OBIS list Kamstrup_V0001 for the HAN port; scales checked with amsleser.no and with recorded lists of Danish and Norwegian meters",
  objects: `
1-1:0.0.5*255,1,"Meter number (GIAI, GS1)",,
1-1:0.0.1*255,1,Meter number,,
1-1:96.1.1*255,1,Meter type,,
0-1:1.0.0*255,8,Clock and date in the meter,,
1-1:1.7.0*255,3,Active power+ (Q1+Q4),W,0
1-1:2.7.0*255,3,Active power- (Q2+Q3),W,0
1-1:3.7.0*255,3,Reactive power+ (Q1+Q2),var,0
1-1:4.7.0*255,3,Reactive power- (Q3+Q4),var,0
1-1:31.7.0*255,3,Current L1,A,-2
1-1:51.7.0*255,3,Current L2,A,-2
1-1:71.7.0*255,3,Current L3,A,-2
1-1:32.7.0*255,3,Voltage L1,V,0
1-1:52.7.0*255,3,Voltage L2,V,0
1-1:72.7.0*255,3,Voltage L3,V,0
1-1:21.7.0*255,3,Active power+ L1,W,0
1-1:41.7.0*255,3,Active power+ L2,W,0
1-1:61.7.0*255,3,Active power+ L3,W,0
1-1:22.7.0*255,3,Active power- L1,W,0
1-1:42.7.0*255,3,Active power- L2,W,0
1-1:62.7.0*255,3,Active power- L3,W,0
1-1:33.7.0*255,3,Power factor L1,255,-2
1-1:53.7.0*255,3,Power factor L2,255,-2
1-1:73.7.0*255,3,Power factor L3,255,-2
1-1:13.7.0*255,3,Power factor,255,-2
1-1:1.8.0*255,3,Cumulative active import energy (A+),Wh,1
1-1:2.8.0*255,3,Cumulative active export energy (A-),Wh,1
1-1:3.8.0*255,3,Cumulative reactive import energy (R+),varh,1
1-1:4.8.0*255,3,Cumulative reactive export energy (R-),varh,1
1-1:21.8.0*255,3,Cumulative active import energy (A+) L1,Wh,1
1-1:41.8.0*255,3,Cumulative active import energy (A+) L2,Wh,1
1-1:61.8.0*255,3,Cumulative active import energy (A+) L3,Wh,1
1-1:22.8.0*255,3,Cumulative active export energy (A-) L1,Wh,1
1-1:42.8.0*255,3,Cumulative active export energy (A-) L2,Wh,1
1-1:62.8.0*255,3,Cumulative active export energy (A-) L3,Wh,1
`,
};
