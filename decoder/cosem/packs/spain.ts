/** PRIME meters of Spain. D is the country code 34; logs hold a group and a number, the number is told here. */
import type { Pack } from "./pack.js";

export const spain: Pack = {
  id: "spain",
  name: "PRIME companion (T5), Spain",
  source:
    "Companion specification of the PRIME meters of Spain (T5); events checked with EnergyICT (AS300D) and with primestg of Gisce, objects with EnergyICT, readers of PRIME meters and published firmware of one",
  objects: `
# Logs
0-0:99.98.0*255,7,Standard event log (group 1),,
0-0:99.98.1*255,7,Fraud detection log (group 4),,
0-0:99.98.2*255,7,Disconnect control log (group 2),,
0-0:99.98.3*255,7,Contract power log (group 1),,
0-0:99.98.4*255,7,Firmware log (group 1),,
0-0:99.98.5*255,7,Power quality log (group 3),,
0-0:99.98.6*255,7,Demand management log (group 5),,
0-0:99.98.7*255,7,Common log of frequent events (group 6),,
0-0:99.98.8*255,7,Synchronization log (group 1),,
0-0:99.98.9*255,7,Finished power quality log (group 3),,
# Objects of Spain
0-1:94.34.1-6*255,3,Demand control threshold {E} (active),,
0-1:94.34.11-16*255,3,"Demand control threshold (passive), E = {E}",,
0-1:94.34.31*255,3,Active power import threshold in use,,
0-1:94.34.20*255,,Previous state of the disconnector,,
0-0:94.34.23*255,1,PRIME channel selection,,
0-0:94.34.24*255,1,PRIME active channel,,
0-0:94.34.41*255,1,End of billing - contract 1 (passive),,
0-0:94.34.70*255,3,Demand close to contract power - threshold,%,
0-0:94.34.80*255,,Time stamp of the power quality log,,
1-0:94.34.90*255,,Number of average voltage sags,,
1-0:94.34.92*255,,Number of average voltage swells,,
1-1:94.34.100*255,,Active quadrant,,
1-1:94.34.101*255,,Active quadrant L1,,
1-1:94.34.102*255,,Active quadrant L2,,
1-1:94.34.103*255,,Active quadrant L3,,
# Contracts: the tens digit of E
1-0:1.6.10-16*255,,Maximum demand import - contract 1,,
1-0:1.6.20-26*255,,Maximum demand import - contract 2,,
1-0:1.6.30-36*255,,Maximum demand import - contract 3,,
1-0:2.6.10-16*255,,Maximum demand export - contract 1,,
1-0:2.6.20-26*255,,Maximum demand export - contract 2,,
1-0:2.6.30-36*255,,Maximum demand export - contract 3,,
0-0:96.14.1-3*255,1,Active tariff of contract {E},,
0-0:96.1.5*255,1,Multicast identifier,,
0-1-3:96.1.5*255,1,Multicast identifier {B},,
0-0:96.1.2*255,1,DLMS protocol information,,
`,
  events: `
0-0:99.98.0*255,1,Reboot with loss of data
0-0:99.98.0*255,2,Reboot without loss of data
0-0:99.98.0*255,3,Power failure
0-0:99.98.0*255,4,Power failure in L1
0-0:99.98.0*255,5,Power failure in L2
0-0:99.98.0*255,6,Power failure in L3
0-0:99.98.0*255,7,Neutral loss
0-0:99.98.0*255,8,Low battery
0-0:99.98.0*255,9,Critical internal error
0-0:99.98.0*255,21,End of power failure in L1
0-0:99.98.0*255,22,End of power failure in L2
0-0:99.98.0*255,23,End of power failure in L3
0-0:99.98.0*255,24,Official change of local time from winter to summer
0-0:99.98.0*255,25,Official change of local time from summer to winter
0-0:99.98.0*255,30,Register parameters changed
0-0:99.98.0*255,31,Parameters of communication ports changed
0-0:99.98.0*255,32,Reading password changed
0-0:99.98.0*255,33,Parametrization password changed
0-0:99.98.0*255,34,Firmware password changed
0-0:99.98.0*255,35,Battery cleared
0-0:99.98.0*255,36,Automatic daylight saving time changed
0-0:99.98.0*255,37,Minimum time between billing ends changed
0-0:99.98.0*255,38,Capture period of the load profile changed
0-0:99.98.0*255,39,Transformer ratio changed
0-0:99.98.0*255,40,Clock synchronization mode changed
0-0:99.98.0*255,41,Program label changed
0-0:99.98.0*255,42,Activation of manual closures changed
0-0:99.98.0*255,43,Output magnitude changed
0-0:99.98.0*255,44,Billing end commanded for contract 1
0-0:99.98.0*255,45,Parameters of contract 1 changed
0-0:99.98.0*255,47,Passive special days table of contract 1 changed
0-0:99.98.0*255,48,Passive seasons table of contract 1 changed
0-0:99.98.0*255,49,Passive contract 1 cleared
0-0:99.98.0*255,50,Passive automatic billing end of contract 1 changed
0-0:99.98.0*255,51,Passive activation date of contract 1 changed
0-0:99.98.0*255,52,Billing end commanded for contract 2
0-0:99.98.0*255,53,Parameters of contract 2 changed
0-0:99.98.0*255,54,Passive special days table of contract 2 changed
0-0:99.98.0*255,55,Passive seasons table of contract 2 changed
0-0:99.98.0*255,56,Passive contract 2 cleared
0-0:99.98.0*255,57,Passive automatic billing end of contract 2 changed
0-0:99.98.0*255,58,Passive activation date of contract 2 changed
0-0:99.98.0*255,59,Billing end commanded for contract 3
0-0:99.98.0*255,60,Parameters of contract 3 changed
0-0:99.98.0*255,61,Passive special days table of contract 3 changed
0-0:99.98.0*255,62,Passive seasons table of contract 3 changed
0-0:99.98.0*255,63,Passive contract 3 cleared
0-0:99.98.0*255,64,Passive automatic billing end of contract 3 changed
0-0:99.98.0*255,65,Passive activation date of contract 3 changed
0-0:99.98.0*255,66,Manual billing end of contracts 1 to 3 (button)
0-0:99.98.0*255,90,Time threshold of voltage sags and swells changed
0-0:99.98.0*255,91,Time threshold of long power failures changed
0-0:99.98.0*255,92,Nominal voltage changed
0-0:99.98.0*255,93,Maximum voltage level changed
0-0:99.98.0*255,94,Minimum voltage level changed
0-0:99.98.0*255,95,Difference between minimum voltage and no voltage changed
0-0:99.98.0*255,96,Contract power changed
0-0:99.98.0*255,97,Firmware changed
0-0:99.98.0*255,98,Clock synchronized
0-0:99.98.0*255,255,Event log cleared
0-0:99.98.1*255,1,Cover opened
0-0:99.98.1*255,2,Cover closed
0-0:99.98.1*255,3,Strong DC field detected
0-0:99.98.1*255,4,Strong DC field gone
0-0:99.98.1*255,5,Current without voltage
0-0:99.98.1*255,6,Intrusion over communication detected
0-0:99.98.2*255,1,Manual connection
0-0:99.98.2*255,2,Remote disconnection (command)
0-0:99.98.2*255,3,Remote connection (command)
0-0:99.98.2*255,4,Disconnection by contract power control
0-0:99.98.2*255,5,Connection by power control
0-0:99.98.2*255,6,Current too high to disconnect
0-0:99.98.2*255,7,Disconnector enabled
0-0:99.98.2*255,8,Disconnector disabled
0-0:99.98.2*255,9,Disconnection by residual power control
0-0:99.98.2*255,10,Connection as residual power control was deactivated
0-0:99.98.2*255,11,Connection by residual power control
0-0:99.98.3*255,96,Contract power changed
0-0:99.98.4*255,97,Firmware changed
0-0:99.98.5*255,1,Undervoltage between phases on average (begun)
0-0:99.98.5*255,2,Undervoltage in L1 (begun)
0-0:99.98.5*255,3,Undervoltage in L2 (begun)
0-0:99.98.5*255,4,Undervoltage in L3 (begun)
0-0:99.98.5*255,5,Overvoltage between phases on average (begun)
0-0:99.98.5*255,6,Overvoltage in L1 (begun)
0-0:99.98.5*255,7,Overvoltage in L2 (begun)
0-0:99.98.5*255,8,Overvoltage in L3 (begun)
0-0:99.98.5*255,9,Long power failure in all phases (begun)
0-0:99.98.5*255,10,Long power failure in L1 (begun)
0-0:99.98.5*255,11,Long power failure in L2 (begun)
0-0:99.98.5*255,12,Long power failure in L3 (begun)
0-0:99.98.6*255,1,Critical demand management ordered - residual demand
0-0:99.98.6*255,2,Critical demand management ordered - decrease in percent
0-0:99.98.6*255,3,Critical demand management ordered - absolute demand
0-0:99.98.6*255,4,Non-critical demand management ordered - residual demand
0-0:99.98.6*255,5,Client accepted - residual demand
0-0:99.98.6*255,6,Client refused - residual demand
0-0:99.98.6*255,7,Non-critical demand management ordered - decrease in percent
0-0:99.98.6*255,8,Client accepted - decrease in percent
0-0:99.98.6*255,9,Client refused - decrease in percent
0-0:99.98.6*255,10,Non-critical demand management ordered - absolute demand
0-0:99.98.6*255,11,Client accepted - absolute demand
0-0:99.98.6*255,12,Client refused - absolute demand
0-0:99.98.6*255,13,Subscribed residual demand changed
0-0:99.98.6*255,14,Residual demand begun
0-0:99.98.6*255,15,Residual demand ended
0-0:99.98.6*255,16,Decrease in percent begun
0-0:99.98.6*255,17,Decrease in percent ended
0-0:99.98.6*255,18,Reduction to absolute power begun
0-0:99.98.6*255,19,Reduction to absolute power ended
0-0:99.98.6*255,20,Demand close to contract power
0-0:99.98.7*255,1,Communication on the PLC port begun
0-0:99.98.7*255,2,Communication on the PLC port ended
0-0:99.98.7*255,3,Communication on the optical port begun
0-0:99.98.7*255,4,Communication on the optical port ended
0-0:99.98.7*255,5,Communication on the serial port begun
0-0:99.98.7*255,6,Communication on the serial port ended
0-0:99.98.8*255,98,Clock synchronized
0-0:99.98.9*255,13,Undervoltage between phases on average (ended)
0-0:99.98.9*255,14,Undervoltage in L1 (ended)
0-0:99.98.9*255,15,Undervoltage in L2 (ended)
0-0:99.98.9*255,16,Undervoltage in L3 (ended)
0-0:99.98.9*255,17,Overvoltage between phases on average (ended)
0-0:99.98.9*255,18,Overvoltage in L1 (ended)
0-0:99.98.9*255,19,Overvoltage in L2 (ended)
0-0:99.98.9*255,20,Overvoltage in L3 (ended)
0-0:99.98.9*255,21,Long power failure in all phases (ended)
0-0:99.98.9*255,22,Long power failure in L1 (ended)
0-0:99.98.9*255,23,Long power failure in L2 (ended)
0-0:99.98.9*255,24,Long power failure in L3 (ended)
`,
};
