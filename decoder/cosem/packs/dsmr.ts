/** Smart meters of the Netherlands. Events and alarms are those of the P3 companion standards. */
import type { Pack } from "./pack.js";

export const dsmr: Pack = {
  id: "dsmr",
  name: "DSMR and ESMR, Netherlands",
  source:
    "DSMR P1 companion standard 5.0.2, P3 and P2 companion standards 4.2.2 and ESMR 5.0; checked with dsmr_parser, the GXF platform (Alliander) and EnergyICT",
  objects: `
# P1 port
1-3:0.2.8*255,1,Version of the P1 output,,
0-0:96.1.1*255,1,Equipment identifier,,
1-0:1.8.1*255,3,Energy delivered to the client - tariff 1 (low),Wh,
1-0:1.8.2*255,3,Energy delivered to the client - tariff 2 (normal),Wh,
1-0:2.8.1*255,3,Energy delivered by the client - tariff 1 (low),Wh,
1-0:2.8.2*255,3,Energy delivered by the client - tariff 2 (normal),Wh,
0-0:96.14.0*255,1,Tariff indicator electricity,,
1-0:1.7.0*255,3,Actual power delivered to the client (+P),W,
1-0:2.7.0*255,3,Actual power delivered by the client (-P),W,
0-0:17.0.0*255,71,Threshold electricity,,
0-0:96.3.10*255,70,Switch position electricity,,
0-0:96.7.21*255,1,Power failures in any phase,,
0-0:96.7.9*255,1,Long power failures in any phase,,
0-0:96.7.19*255,3,Duration of the last long power failure in any phase,s,
1-0:99.97.0*255,7,Power failure event log (long power failures),,
1-0:32.32.0*255,1,Voltage sags in L1,,
1-0:52.32.0*255,1,Voltage sags in L2,,
1-0:72.32.0*255,1,Voltage sags in L3,,
1-0:32.36.0*255,1,Voltage swells in L1,,
1-0:52.36.0*255,1,Voltage swells in L2,,
1-0:72.36.0*255,1,Voltage swells in L3,,
0-0:96.13.1*255,1,Text message code,,
0-0:96.13.0*255,1,Text message,,
# M-Bus devices
0-1-4:24.1.0*255,72,M-Bus client and device type - channel {B},,
0-1-4:96.1.0*255,1,Equipment identifier of the M-Bus device - channel {B},,
0-1-4:96.1.1*255,1,Equipment identifier of the M-Bus device - channel {B},,
0-1-4:24.2.1*255,4,Last meter reading of the M-Bus device - channel {B},,
0-1-4:24.3.0*255,7,Hourly meter readings of the M-Bus device - channel {B},,
0-1-4:24.4.0*255,70,Valve or switch position of the M-Bus device - channel {B},,
0-1-4:24.5.0*255,7,M-Bus control log - channel {B},,
0-1-4:96.10.2*255,1,Status of the M-Bus profile - channel {B},,
# Profiles and their status
1-0:99.1.0*255,7,Interval values of 15 minutes,,
1-0:99.2.0*255,7,Daily values,,
0-0:98.1.0*255,7,Monthly values,,
0-0:96.10.2*255,1,Status of the interval profile of 15 minutes,,
0-0:96.10.3*255,1,Status of the hourly M-Bus profile,,
0-0:96.10.4*255,1,Status of the daily profile,,
0-0:96.10.5*255,1,Status of the daily M-Bus profile,,
0-0:96.10.6*255,1,Status of the monthly profile,,
0-0:96.10.7*255,1,Status of the monthly M-Bus profile,,
0-0:96.10.8*255,1,Status of power quality profile 1,,
0-0:96.10.9*255,1,Status of power quality profile 2,,
0-0:99.18.0*255,7,LTE monitoring profile,,
# Events and alarms
0-0:99.98.0*255,7,Standard event log,,
0-0:99.98.1*255,7,Fraud detection event log,,
0-0:99.98.3*255,7,M-Bus event log,,
0-0:99.98.4*255,7,Communication sessions event log,,
0-0:99.98.5*255,7,Power quality event log,,
0-0:99.98.6*255,7,Auxiliary event log,,
0-0:99.98.7*255,7,Power quality event log with magnitude and duration,,
0-0:96.11.0*255,1,Event code of the standard event log,,
0-0:96.11.1*255,1,Event code of the fraud detection event log,,
0-0:96.11.3*255,1,Event code of the M-Bus event log,,
0-0:96.11.4*255,1,Event code of the communication sessions event log,,
0-0:96.11.7*255,1,Event code of the extended power quality event log,,
0-0:96.11.20*255,1,Magnitude in the extended power quality event log,,
0-0:96.11.21*255,1,Duration in the extended power quality event log,,
0-0:97.97.0*255,1,Error register,,
0-0:97.98.0*255,1,Alarm register 1,,
0-0:97.98.1*255,1,Alarm register 2,,
0-0:97.98.10*255,1,Alarm filter 1,,
# Objects of the Netherlands (D is the country code 31)
0-1:94.31.0*255,1,Administrative in/out,,
0-1:94.31.3*255,1,Configuration object,,
0-1:94.31.6*255,7,Definable load profile,,
0-1-4:94.31.10*255,1,Clear the M-Bus status - channel {B},,
0-1:94.31.12*255,1,Randomisation settings,,
`,
  events: `
0-0:99.98.0*255,1,Power failure
0-0:99.98.0*255,2,Power returned
0-0:99.98.0*255,3,Daylight saving time enabled or disabled
0-0:99.98.0*255,4,Clock adjusted (old time)
0-0:99.98.0*255,5,Clock adjusted (new time)
0-0:99.98.0*255,6,Clock invalid
0-0:99.98.0*255,7,Replace battery
0-0:99.98.0*255,8,Battery voltage low
0-0:99.98.0*255,9,Tariff times activated
0-0:99.98.0*255,10,Error register cleared
0-0:99.98.0*255,11,Alarm register cleared
0-0:99.98.0*255,12,Program memory error
0-0:99.98.0*255,13,RAM error
0-0:99.98.0*255,14,Non-volatile memory error
0-0:99.98.0*255,15,Watchdog error
0-0:99.98.0*255,16,Measurement system error
0-0:99.98.0*255,17,Firmware ready for activation
0-0:99.98.0*255,18,Firmware activated
0-0:99.98.0*255,19,Passive tariff updated
0-0:99.98.0*255,20,Self-check after firmware update succeeded
0-0:99.98.0*255,255,Event log cleared
0-0:99.98.1*255,40,Terminal cover removed
0-0:99.98.1*255,41,Terminal cover closed
0-0:99.98.1*255,42,Strong DC field detected
0-0:99.98.1*255,43,Strong DC field gone
0-0:99.98.1*255,44,Meter cover removed
0-0:99.98.1*255,45,Meter cover closed
0-0:99.98.1*255,46,Association authentication failed several times
0-0:99.98.1*255,47,Configuration changed
0-0:99.98.1*255,49,Decryption or authentication failed several times
0-0:99.98.1*255,50,Replay attack
0-0:99.98.1*255,255,Event log cleared
0-0:99.98.3*255,100,Communication error on M-Bus channel 1
0-0:99.98.3*255,101,Communication OK again on M-Bus channel 1
0-0:99.98.3*255,102,Replace battery on M-Bus channel 1
0-0:99.98.3*255,103,Fraud attempt on M-Bus channel 1
0-0:99.98.3*255,104,Clock adjusted on M-Bus channel 1
0-0:99.98.3*255,105,New device discovered on M-Bus channel 1
0-0:99.98.3*255,106,Permanent error on M-Bus channel 1
0-0:99.98.3*255,110,Communication error on M-Bus channel 2
0-0:99.98.3*255,111,Communication OK again on M-Bus channel 2
0-0:99.98.3*255,112,Replace battery on M-Bus channel 2
0-0:99.98.3*255,113,Fraud attempt on M-Bus channel 2
0-0:99.98.3*255,114,Clock adjusted on M-Bus channel 2
0-0:99.98.3*255,115,New device discovered on M-Bus channel 2
0-0:99.98.3*255,116,Permanent error on M-Bus channel 2
0-0:99.98.3*255,120,Communication error on M-Bus channel 3
0-0:99.98.3*255,121,Communication OK again on M-Bus channel 3
0-0:99.98.3*255,122,Replace battery on M-Bus channel 3
0-0:99.98.3*255,123,Fraud attempt on M-Bus channel 3
0-0:99.98.3*255,124,Clock adjusted on M-Bus channel 3
0-0:99.98.3*255,125,New device discovered on M-Bus channel 3
0-0:99.98.3*255,126,Permanent error on M-Bus channel 3
0-0:99.98.3*255,130,Communication error on M-Bus channel 4
0-0:99.98.3*255,131,Communication OK again on M-Bus channel 4
0-0:99.98.3*255,132,Replace battery on M-Bus channel 4
0-0:99.98.3*255,133,Fraud attempt on M-Bus channel 4
0-0:99.98.3*255,134,Clock adjusted on M-Bus channel 4
0-0:99.98.3*255,135,New device discovered on M-Bus channel 4
0-0:99.98.3*255,136,Permanent error on M-Bus channel 4
0-0:99.98.3*255,255,Event log cleared
0-0:99.98.4*255,71,Metrological maintenance
0-0:99.98.4*255,72,Technical maintenance
0-0:99.98.4*255,73,Meter readings of electricity retrieved
0-0:99.98.4*255,74,Meter readings of gas retrieved
0-0:99.98.4*255,75,Interval data of electricity retrieved
0-0:99.98.4*255,76,Interval data of gas retrieved
0-0:99.98.4*255,255,Event log cleared
`,
  bits: `
0-0:97.98.0*255,0,Clock invalid
0-0:97.98.0*255,1,Replace battery
0-0:97.98.0*255,2,Power up
0-0:97.98.0*255,3,Auxiliary event
0-0:97.98.0*255,4,Configuration changed
0-0:97.98.0*255,8,Program memory error
0-0:97.98.0*255,9,RAM error
0-0:97.98.0*255,10,Non-volatile memory error
0-0:97.98.0*255,11,Measurement system error
0-0:97.98.0*255,12,Watchdog error
0-0:97.98.0*255,13,Fraud attempt
0-0:97.98.0*255,16,Communication error on M-Bus channel 1
0-0:97.98.0*255,17,Communication error on M-Bus channel 2
0-0:97.98.0*255,18,Communication error on M-Bus channel 3
0-0:97.98.0*255,19,Communication error on M-Bus channel 4
0-0:97.98.0*255,20,Fraud attempt on M-Bus channel 1
0-0:97.98.0*255,21,Fraud attempt on M-Bus channel 2
0-0:97.98.0*255,22,Fraud attempt on M-Bus channel 3
0-0:97.98.0*255,23,Fraud attempt on M-Bus channel 4
0-0:97.98.0*255,24,New device discovered on M-Bus channel 1
0-0:97.98.0*255,25,New device discovered on M-Bus channel 2
0-0:97.98.0*255,26,New device discovered on M-Bus channel 3
0-0:97.98.0*255,27,New device discovered on M-Bus channel 4
0-0:97.98.0*255,28,Phase outage detected in L1
0-0:97.98.0*255,29,Phase outage detected in L2
0-0:97.98.0*255,30,Phase outage detected in L3
0-0:97.98.0*255,31,Phase outage test
`,
};
