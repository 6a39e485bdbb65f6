/** The HAN port of Norwegian meters: lists of Aidon and Kaifa, which send list 1, 2 and 3. */
import type { Pack } from "./pack.js";

export const norway: Pack = {
  id: "norway",
  name: "AMS-HAN, Norway",
  source:
    "OBIS list information that Aidon, Kaifa and Kamstrup published for the HAN port (NEK and NVE); checked with amsleser.no and recorded lists",
  objects: `
1-1:0.2.129*255,1,OBIS list version,,
0-0:96.1.0*255,1,"Meter number (GIAI, GS1)",,
0-0:96.1.7*255,1,Meter type,,
1-0:1.7.0*255,3,Active power+ (Q1+Q4),W,
1-0:2.7.0*255,3,Active power- (Q2+Q3),W,
1-0:3.7.0*255,3,Reactive power+ (Q1+Q2),var,
1-0:4.7.0*255,3,Reactive power- (Q3+Q4),var,
1-0:31.7.0*255,3,Current L1,A,
1-0:51.7.0*255,3,Current L2,A,
1-0:71.7.0*255,3,Current L3,A,
1-0:32.7.0*255,3,Voltage L1,V,
1-0:52.7.0*255,3,Voltage L2,V,
1-0:72.7.0*255,3,Voltage L3,V,
0-0:1.0.0*255,8,Clock and date in the meter,,
1-0:1.8.0*255,3,Cumulative hourly active import energy (A+),Wh,
1-0:2.8.0*255,3,Cumulative hourly active export energy (A-),Wh,
1-0:3.8.0*255,3,Cumulative hourly reactive import energy (R+),varh,
1-0:4.8.0*255,3,Cumulative hourly reactive export energy (R-),varh,
`,
};
