/** Meters after the companion specification of the IDIS association. */
import type { Pack } from "./pack.js";

export const idis: Pack = {
  id: "idis",
  name: "IDIS, packages 2 and 3",
  source:
    "IDIS object model of packages 2 and 3; checked with the logs and alarms that EnergyICT reads from AM130, AM550, T210-D and HS3300 meters",
  objects: `
0-0:99.98.0*255,7,Standard event log,,
0-0:99.98.1*255,7,Fraud detection log,,
0-0:99.98.2*255,7,Disconnector control log,,
0-0:99.98.3*255,7,M-Bus event log,,
0-0:99.98.4*255,7,Power quality log,,
0-0:99.98.5*255,7,Communication log,,
1-0:99.97.0*255,7,Power failure event log,,
0-1-4:24.5.0*255,7,M-Bus control log - channel {B},,
0-0:96.11.0*255,1,Event code of the standard event log,,
0-0:96.11.1*255,1,Event code of the fraud detection log,,
0-0:96.11.2*255,1,Event code of the disconnector control log,,
0-0:96.11.3*255,1,Event code of the M-Bus event log,,
0-0:96.11.4*255,1,Event code of the power quality log,,
0-0:96.11.5*255,1,Event code of the communication log,,
0-0:97.97.0*255,1,Error register,,
0-0:97.98.0*255,1,Alarm register 1,,
0-0:97.98.1*255,1,Alarm register 2,,
0-0:97.98.10*255,1,Alarm filter 1,,
0-0:97.98.11*255,1,Alarm filter 2,,
0-0:97.98.20*255,1,Alarm descriptor 1,,
0-0:97.98.21*255,1,Alarm descriptor 2,,
0-0:25.9.0*255,40,Push setup - on connectivity,,
0-7:25.9.0*255,40,Push setup - on installation,,
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
0-0:99.98.0*255,19,Passive tariff times programmed
0-0:99.98.0*255,20,External alert detected
0-0:99.98.0*255,47,One or more parameters changed
0-0:99.98.0*255,48,Global key changed
0-0:99.98.0*255,51,Firmware verification failed
0-0:99.98.0*255,52,Unexpected consumption
0-0:99.98.0*255,88,Phase sequence reversal
0-0:99.98.0*255,89,Missing neutral
0-0:99.98.0*255,254,Load profile cleared
0-0:99.98.0*255,255,Event log cleared
0-0:99.98.1*255,40,Terminal cover removed
0-0:99.98.1*255,41,Terminal cover closed
0-0:99.98.1*255,42,Strong DC field detected
0-0:99.98.1*255,43,Strong DC field gone
0-0:99.98.1*255,44,Meter cover removed
0-0:99.98.1*255,45,Meter cover closed
0-0:99.98.1*255,46,Association authentication failed several times
0-0:99.98.1*255,49,Decryption or authentication failed several times
0-0:99.98.1*255,50,Replay attack
0-0:99.98.1*255,91,Current reversal
0-0:99.98.1*255,255,Event log cleared
0-0:99.98.2*255,59,Disconnector ready for manual reconnection
0-0:99.98.2*255,60,Manual disconnection
0-0:99.98.2*255,61,Manual connection
0-0:99.98.2*255,62,Remote disconnection
0-0:99.98.2*255,63,Remote connection
0-0:99.98.2*255,64,Local disconnection
0-0:99.98.2*255,65,Limiter threshold exceeded
0-0:99.98.2*255,66,Limiter threshold OK again
0-0:99.98.2*255,67,Limiter threshold changed
0-0:99.98.2*255,68,Disconnection or reconnection failed
0-0:99.98.2*255,69,Local reconnection
0-0:99.98.2*255,70,Supervision monitor 1 threshold exceeded
0-0:99.98.2*255,71,Supervision monitor 1 threshold OK again
0-0:99.98.2*255,72,Supervision monitor 2 threshold exceeded
0-0:99.98.2*255,73,Supervision monitor 2 threshold OK again
0-0:99.98.2*255,74,Supervision monitor 3 threshold exceeded
0-0:99.98.2*255,75,Supervision monitor 3 threshold OK again
0-0:99.98.2*255,255,Event log cleared
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
0-1:24.5.0*255,160,Manual disconnection on M-Bus channel 1
0-1:24.5.0*255,161,Manual connection on M-Bus channel 1
0-1:24.5.0*255,162,Remote disconnection on M-Bus channel 1
0-1:24.5.0*255,163,Remote connection on M-Bus channel 1
0-1:24.5.0*255,164,Valve alarm on M-Bus channel 1
0-2:24.5.0*255,170,Manual disconnection on M-Bus channel 2
0-2:24.5.0*255,171,Manual connection on M-Bus channel 2
0-2:24.5.0*255,172,Remote disconnection on M-Bus channel 2
0-2:24.5.0*255,173,Remote connection on M-Bus channel 2
0-2:24.5.0*255,174,Valve alarm on M-Bus channel 2
0-3:24.5.0*255,180,Manual disconnection on M-Bus channel 3
0-3:24.5.0*255,181,Manual connection on M-Bus channel 3
0-3:24.5.0*255,182,Remote disconnection on M-Bus channel 3
0-3:24.5.0*255,183,Remote connection on M-Bus channel 3
0-3:24.5.0*255,184,Valve alarm on M-Bus channel 3
0-4:24.5.0*255,190,Manual disconnection on M-Bus channel 4
0-4:24.5.0*255,191,Manual connection on M-Bus channel 4
0-4:24.5.0*255,192,Remote disconnection on M-Bus channel 4
0-4:24.5.0*255,193,Remote connection on M-Bus channel 4
0-4:24.5.0*255,194,Valve alarm on M-Bus channel 4
0-0:99.98.4*255,76,Undervoltage in L1
0-0:99.98.4*255,77,Undervoltage in L2
0-0:99.98.4*255,78,Undervoltage in L3
0-0:99.98.4*255,79,Overvoltage in L1
0-0:99.98.4*255,80,Overvoltage in L2
0-0:99.98.4*255,81,Overvoltage in L3
0-0:99.98.4*255,82,Voltage missing in L1
0-0:99.98.4*255,83,Voltage missing in L2
0-0:99.98.4*255,84,Voltage missing in L3
0-0:99.98.4*255,85,Voltage normal in L1
0-0:99.98.4*255,86,Voltage normal in L2
0-0:99.98.4*255,87,Voltage normal in L3
0-0:99.98.4*255,90,Phase asymmetry
0-0:99.98.4*255,92,Bad voltage quality in L1
0-0:99.98.4*255,93,Bad voltage quality in L2
0-0:99.98.4*255,94,Bad voltage quality in L3
0-0:99.98.4*255,255,Event log cleared
0-0:99.98.5*255,140,No connection timeout
0-0:99.98.5*255,141,Modem initialization failed
0-0:99.98.5*255,142,SIM card failure
0-0:99.98.5*255,143,SIM card OK
0-0:99.98.5*255,144,GSM registration failed
0-0:99.98.5*255,145,GPRS registration failed
0-0:99.98.5*255,146,PDP context established
0-0:99.98.5*255,147,PDP context destroyed
0-0:99.98.5*255,148,PDP context failure
0-0:99.98.5*255,149,Modem reset by software
0-0:99.98.5*255,150,Modem reset by hardware
0-0:99.98.5*255,151,GSM outgoing connection
0-0:99.98.5*255,152,GSM incoming connection
0-0:99.98.5*255,153,GSM hang-up
0-0:99.98.5*255,154,Diagnostic failure
0-0:99.98.5*255,155,User initialization failed
0-0:99.98.5*255,156,Signal quality low
0-0:99.98.5*255,157,Number of calls for auto answer exceeded
0-0:99.98.5*255,158,Local communication attempt
0-0:99.98.5*255,255,Event log cleared
`,
  bits: `
0-0:97.98.0*255,0,Clock invalid
0-0:97.98.0*255,1,Replace battery
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
0-0:97.98.0*255,24,Permanent error on M-Bus channel 1
0-0:97.98.0*255,25,Permanent error on M-Bus channel 2
0-0:97.98.0*255,26,Permanent error on M-Bus channel 3
0-0:97.98.0*255,27,Permanent error on M-Bus channel 4
0-0:97.98.0*255,28,Battery low on M-Bus channel 1
0-0:97.98.0*255,29,Battery low on M-Bus channel 2
0-0:97.98.0*255,30,Battery low on M-Bus channel 3
0-0:97.98.0*255,31,Battery low on M-Bus channel 4
0-0:97.98.1*255,0,Total power failure
0-0:97.98.1*255,1,Power resumed
0-0:97.98.1*255,2,Voltage missing in L1
0-0:97.98.1*255,3,Voltage missing in L2
0-0:97.98.1*255,4,Voltage missing in L3
0-0:97.98.1*255,5,Voltage normal in L1
0-0:97.98.1*255,6,Voltage normal in L2
0-0:97.98.1*255,7,Voltage normal in L3
0-0:97.98.1*255,8,Missing neutral
0-0:97.98.1*255,9,Phase asymmetry
0-0:97.98.1*255,10,Current reversal
0-0:97.98.1*255,11,Wrong phase sequence
0-0:97.98.1*255,12,Unexpected consumption
0-0:97.98.1*255,13,Key exchanged
0-0:97.98.1*255,14,Bad voltage quality in L1
0-0:97.98.1*255,15,Bad voltage quality in L2
0-0:97.98.1*255,16,Bad voltage quality in L3
0-0:97.98.1*255,17,External alert
0-0:97.98.1*255,18,Local communication attempt
0-0:97.98.1*255,19,New device discovered on M-Bus channel 1
0-0:97.98.1*255,20,New device discovered on M-Bus channel 2
0-0:97.98.1*255,21,New device discovered on M-Bus channel 3
0-0:97.98.1*255,22,New device discovered on M-Bus channel 4
0-0:97.98.1*255,27,Valve alarm on M-Bus channel 1
0-0:97.98.1*255,28,Valve alarm on M-Bus channel 2
0-0:97.98.1*255,29,Valve alarm on M-Bus channel 3
0-0:97.98.1*255,30,Valve alarm on M-Bus channel 4
0-0:97.98.1*255,31,Disconnection or reconnection failed
`,
};
