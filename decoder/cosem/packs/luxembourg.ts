/** P1 port of the Smarty meters of Luxembourg. */
import type { Pack } from "./pack.js";

export const luxembourg: Pack = {
  id: "luxembourg",
  name: "Smarty, Luxembourg",
  source:
    "P1 port specification of Luxmetering; checked with readers of Smarty meters (smarty reader of gvaucher, openHAB DSMR binding)",
  objects: `
1-3:0.2.8*255,1,Version of the P1 output,,
0-0:42.0.0*255,1,Equipment identifier,,
0-0:17.0.0*255,71,Active threshold (SMAX),VA,
1-1:31.4.0*255,,Threshold of imported and exported current,A,
0-0:96.3.10*255,70,Breaker control state,,
0-1:96.3.10*255,70,Relay 1 control state,,
0-2:96.3.10*255,70,Relay 2 control state,,
0-0:96.7.21*255,1,Number of power failures,,
1-0:32.32.0*255,1,Voltage sags in L1,,
1-0:52.32.0*255,1,Voltage sags in L2,,
1-0:72.32.0*255,1,Voltage sags in L3,,
1-0:9.7.0*255,3,Apparent power import,VA,
1-0:10.7.0*255,3,Apparent power export,VA,
0-1-4:24.1.0*255,72,Device type of the M-Bus device - channel {B},,
0-1-4:96.1.0*255,1,Identifier of the M-Bus device - channel {B},,
0-1-4:24.2.1*255,4,Last reading of the M-Bus device - channel {B},,
0-1-4:24.4.0*255,70,Valve control state - channel {B},,
`,
};
