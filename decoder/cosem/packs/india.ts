/** Indian companion specification. The event status words are bit-strings: bit 0 is the first one sent. */
import type { Pack } from "./pack.js";

export const india: Pack = {
  id: "india",
  name: "IS 15959, India",
  source:
    "IS 15959 parts 1 to 3; checked with objects and event lists of head-end systems and meters (Gurux server, Wirepas gateway, others)",
  objects: `
# Name plate
0-0:96.1.0*255,1,Meter serial number,,
0-0:96.1.2*255,1,Device ID,,
0-0:96.1.1*255,1,Manufacturer name,,
1-0:0.2.0*255,1,Firmware version for meter,,
0-0:94.91.9*255,1,Meter type,,
0-0:94.91.11*255,1,Meter category,,
0-0:94.91.12*255,1,Current rating,,
0-0:96.1.4*255,1,Meter year of manufacture,,
1-0:0.4.2*255,1,Internal CT ratio,,
1-0:0.4.3*255,1,Internal PT ratio,,
# Counters and durations
0-0:94.91.0*255,1,Cumulative tamper count,,
0-0:94.91.8*255,3,Cumulative power-off duration,min,
0-0:94.91.13*255,3,Power-on duration of the billing period,min,
0-0:94.91.14*255,3,Cumulative power-on duration,min,
0-0:0.1.0*255,1,Cumulative billing count,,
0-0:0.1.2*255,,Billing date,,
0-0:96.2.0*255,1,Cumulative programming count,,
0-0:96.7.0*255,1,Number of power failures,,
# Programmable values
1-0:0.8.0*255,1,Demand integration period,s,
1-0:0.8.4*255,1,Profile capture period,s,
0-0:15.0.0*255,22,Single action schedule for billing dates,,
0-0:13.0.0*255,20,Activity calendar for time zones,,
0-0:10.0.1*255,9,Maximum demand reset,,
# Status words
0-0:94.91.18*255,1,Event status word 1,,
0-0:94.91.26*255,1,Event status word filter,,
0-4:25.9.0*255,40,Push setup - alert,,
# Payment
0-0:94.96.19*255,1,Metering mode,,
0-0:94.96.20*255,1,Payment mode,,
0-0:94.96.21*255,1,Last token recharge amount,,
0-0:94.96.22*255,1,Last token recharge time,,
0-0:94.96.23*255,1,Total amount at last recharge,,
0-0:94.96.24*255,1,Current balance amount,,
0-0:94.96.25*255,1,Current balance time,,
# Profiles
0-0:94.91.10*255,7,Name plate profile,,
1-0:94.91.0*255,7,Instantaneous profile,,
1-0:94.91.3*255,7,Scaler profile of the instantaneous profile,,
1-0:94.91.4*255,7,Scaler profile of the block load profile,,
1-0:94.91.5*255,7,Scaler profile of the daily load profile,,
1-0:94.91.6*255,7,Scaler profile of the billing profile,,
1-0:94.91.7*255,7,Scaler profile of the event profiles,,
1-0:94.91.14*255,3,Active current,A,
1-0:98.1.0*255,7,Billing profile,,
1-0:99.1.0*255,7,Block load profile,,
1-0:99.2.0*255,7,Daily load profile,,
1-0:1.29.0*255,3,Block energy - Wh import,Wh,
1-0:2.29.0*255,3,Block energy - Wh export,Wh,
1-0:9.29.0*255,3,Block energy - VAh import,VAh,
1-0:10.29.0*255,3,Block energy - VAh export,VAh,
# Events
0-0:96.11.0*255,1,Event code - voltage related,,
0-0:96.11.1*255,1,Event code - current related,,
0-0:96.11.2*255,1,Event code - power related,,
0-0:96.11.3*255,1,Event code - transactions,,
0-0:96.11.4*255,1,Event code - others,,
0-0:96.11.5*255,1,Event code - non-roll-over,,
0-0:96.11.6*255,1,Event code - control,,
0-0:99.98.0*255,7,Voltage related events,,
0-0:99.98.1*255,7,Current related events,,
0-0:99.98.2*255,7,Power related events,,
0-0:99.98.3*255,7,Transaction events,,
0-0:99.98.4*255,7,Other events,,
0-0:99.98.5*255,7,Non-roll-over events,,
0-0:99.98.6*255,7,Control events,,
`,
  events: `
0-0:99.98.0*255,1,R phase voltage missing - occurrence
0-0:99.98.0*255,2,R phase voltage missing - restoration
0-0:99.98.0*255,3,Y phase voltage missing - occurrence
0-0:99.98.0*255,4,Y phase voltage missing - restoration
0-0:99.98.0*255,5,B phase voltage missing - occurrence
0-0:99.98.0*255,6,B phase voltage missing - restoration
0-0:99.98.0*255,7,Over voltage in any phase - occurrence
0-0:99.98.0*255,8,Over voltage in any phase - restoration
0-0:99.98.0*255,9,Low voltage in any phase - occurrence
0-0:99.98.0*255,10,Low voltage in any phase - restoration
0-0:99.98.0*255,11,Voltage unbalance - occurrence
0-0:99.98.0*255,12,Voltage unbalance - restoration
0-0:99.98.1*255,51,R phase current reverse - occurrence
0-0:99.98.1*255,52,R phase current reverse - restoration
0-0:99.98.1*255,53,Y phase current reverse - occurrence
0-0:99.98.1*255,54,Y phase current reverse - restoration
0-0:99.98.1*255,55,B phase current reverse - occurrence
0-0:99.98.1*255,56,B phase current reverse - restoration
0-0:99.98.1*255,57,R phase CT open - occurrence
0-0:99.98.1*255,58,R phase CT open - restoration
0-0:99.98.1*255,59,Y phase CT open - occurrence
0-0:99.98.1*255,60,Y phase CT open - restoration
0-0:99.98.1*255,61,B phase CT open - occurrence
0-0:99.98.1*255,62,B phase CT open - restoration
0-0:99.98.1*255,63,Current unbalance - occurrence
0-0:99.98.1*255,64,Current unbalance - restoration
0-0:99.98.1*255,65,Current bypass - occurrence
0-0:99.98.1*255,66,Current bypass - restoration
0-0:99.98.1*255,67,Over current in any phase - occurrence
0-0:99.98.1*255,68,Over current in any phase - restoration
0-0:99.98.1*255,69,Earth loading - occurrence
0-0:99.98.1*255,70,Earth loading - restoration
0-0:99.98.2*255,101,Power failure - occurrence
0-0:99.98.2*255,102,Power failure - restoration
0-0:99.98.3*255,151,Real time clock set
0-0:99.98.3*255,152,Demand integration period changed
0-0:99.98.3*255,153,Profile capture period changed
0-0:99.98.3*255,154,Billing dates schedule changed
0-0:99.98.3*255,155,Activity calendar for time zones changed
0-0:99.98.3*255,157,New firmware activated
0-0:99.98.3*255,158,Load limit changed
0-0:99.98.3*255,159,Load limit function enabled
0-0:99.98.3*255,160,Load limit function disabled
0-0:99.98.3*255,161,LLS secret changed
0-0:99.98.3*255,162,HLS key of the utility setting association changed
0-0:99.98.3*255,163,HLS key of the firmware association changed
0-0:99.98.3*255,164,Global keys changed
0-0:99.98.3*255,165,Event status word filter changed
0-0:99.98.3*255,166,Maximum demand reset
0-0:99.98.3*255,167,Metering mode changed
0-0:99.98.4*255,201,Influence of permanent magnet or AC/DC electromagnet - occurrence
0-0:99.98.4*255,202,Influence of permanent magnet or AC/DC electromagnet - restoration
0-0:99.98.4*255,203,Neutral disturbance (HF or DC) - occurrence
0-0:99.98.4*255,204,Neutral disturbance (HF or DC) - restoration
0-0:99.98.4*255,205,Very low power factor - occurrence
0-0:99.98.4*255,206,Very low power factor - restoration
0-0:99.98.4*255,207,Single wire operation (neutral missing) - occurrence
0-0:99.98.4*255,208,Single wire operation (neutral missing) - restoration
0-0:99.98.4*255,209,Plug-in communication module removal - occurrence
0-0:99.98.4*255,210,Plug-in communication module removal - restoration
0-0:99.98.4*255,211,Configuration changed to post-paid mode
0-0:99.98.4*255,212,Configuration changed to pre-paid mode
0-0:99.98.4*255,213,Configuration changed to forwarded only mode
0-0:99.98.4*255,214,Configuration changed to import and export mode
0-0:99.98.4*255,215,Overload - occurrence
0-0:99.98.4*255,216,Overload - restoration
0-0:99.98.5*255,251,Meter cover opened
0-0:99.98.6*255,301,Load disconnected
0-0:99.98.6*255,302,Load connected
`,
  bits: `
0-0:94.91.18*255,0,R phase voltage missing
0-0:94.91.18*255,1,Y phase voltage missing
0-0:94.91.18*255,2,B phase voltage missing
0-0:94.91.18*255,3,Over voltage in any phase
0-0:94.91.18*255,4,Low voltage in any phase
0-0:94.91.18*255,5,Voltage unbalance
0-0:94.91.18*255,6,R phase current reverse
0-0:94.91.18*255,7,Y phase current reverse
0-0:94.91.18*255,8,B phase current reverse
0-0:94.91.18*255,9,Current unbalance
0-0:94.91.18*255,10,Current bypass
0-0:94.91.18*255,11,Over current in any phase
0-0:94.91.18*255,12,Very low power factor
0-0:94.91.18*255,51,Earth loading
0-0:94.91.18*255,81,Influence of permanent magnet or AC/DC electromagnet
0-0:94.91.18*255,82,Neutral disturbance (HF or DC or otherwise)
0-0:94.91.18*255,83,Meter cover opened
0-0:94.91.18*255,84,Load disconnected or connected
0-0:94.91.18*255,85,Last gasp
0-0:94.91.18*255,86,First breath
0-0:94.91.18*255,87,Billing counter incremented by hand
0-0:94.91.26*255,0,R phase voltage missing
0-0:94.91.26*255,1,Y phase voltage missing
0-0:94.91.26*255,2,B phase voltage missing
0-0:94.91.26*255,3,Over voltage in any phase
0-0:94.91.26*255,4,Low voltage in any phase
0-0:94.91.26*255,5,Voltage unbalance
0-0:94.91.26*255,6,R phase current reverse
0-0:94.91.26*255,7,Y phase current reverse
0-0:94.91.26*255,8,B phase current reverse
0-0:94.91.26*255,9,Current unbalance
0-0:94.91.26*255,10,Current bypass
0-0:94.91.26*255,11,Over current in any phase
0-0:94.91.26*255,12,Very low power factor
0-0:94.91.26*255,51,Earth loading
0-0:94.91.26*255,81,Influence of permanent magnet or AC/DC electromagnet
0-0:94.91.26*255,82,Neutral disturbance (HF or DC or otherwise)
0-0:94.91.26*255,83,Meter cover opened
0-0:94.91.26*255,84,Load disconnected or connected
0-0:94.91.26*255,85,Last gasp
0-0:94.91.26*255,86,First breath
0-0:94.91.26*255,87,Billing counter incremented by hand
`,
};
