/** Objects that belong to no medium, A = 0. IEC 62056-6-1 and 62056-6-2, Abstract objects. */
import { objectLines } from "./object-lines.js";

export const abstractObjects = objectLines(
  () => `
0 General purpose objects
0.1 Billing period values
0.1.0 1 Billing period counter (1)
0.1.0*0-99 1 Billing period counter (1), billing period {f}
0.1.1 1 Number of available billing periods (1)
0.1.2 1 Time stamp of the last billing period closed (1)
0.1.2*0-99 1 Time stamp of billing period {f} (1)
0.1.3 1 Billing period counter (2)
0.1.3*0-99 1 Billing period counter (2), billing period {f}
0.1.4 1 Number of available billing periods (2)
0.1.5 1 Time stamp of the last billing period closed (2)
0.1.5*0-99 1 Time stamp of billing period {f} (2)
0.2 Program entries
0.2.0 1 Active firmware identifier
0.2.1 1 Active firmware version
0.2.8 1 Active firmware signature
0.9 Time entries
0.9.1 1 Local time
0.9.2 1 Local date
1 Clocks
1.0 Clock
1.0.0-127 8 Clock{i}
1.1 UNIX clock
1.1.0-127 1 UNIX clock{i}
1.2 High resolution clock
1.2.0-127 1 High resolution clock{i}
2 Modems
2.0 Modem configuration
2.0.0-127 27 Modem configuration{i}
2.1 Auto connect
2.1.0-127 29 Auto connect{i}
2.2 Auto answer
2.2.0-127 28 Auto answer{i}
10 Script tables
10.0 Script table
10.0.0 9 Global meter reset script table
10.0.1 9 MDI reset, end of billing period script table
10.0.100 9 Tariffication script table
10.0.101 9 Activate test mode script table
10.0.102 9 Activate normal mode script table
10.0.103 9 Set output signals script table
10.0.104 9 Switch optical test output script table
10.0.105 9 Power quality measurement management script table
10.0.106 9 Disconnect control script table
10.0.107 9 Image activation script table
10.0.108 9 Push script table
10.0.109 9 Load profile control script table
10.0.110 9 M-Bus profile control script table
10.0.111 9 Function control script table
10.0.125 9 Broadcast script table
10.1-127.0 9 Global meter reset script table, implementation {d}
10.1-127.1 9 MDI reset, end of billing period script table, implementation {d}
10.1-127.100 9 Tariffication script table, implementation {d}
10.1-127.101 9 Activate test mode script table, implementation {d}
10.1-127.102 9 Activate normal mode script table, implementation {d}
10.1-127.103 9 Set output signals script table, implementation {d}
10.1-127.104 9 Switch optical test output script table, implementation {d}
10.1-127.105 9 Power quality measurement management script table, implementation {d}
10.1-127.106 9 Disconnect control script table, implementation {d}
10.1-127.107 9 Image activation script table, implementation {d}
10.1-127.108 9 Push script table, implementation {d}
10.1-127.125 9 Broadcast script table, implementation {d}
11 Special days tables
11.0.0-127 11 Special days table{i}
12 Schedules
12.0.0-127 10 Schedule{i}
13 Activity calendars
13.0.0-127 20 Activity calendar{i}
14 Register activation
14.0.0-127 6 Register activation{i}
15 Single action schedules
15.0 Single action schedule
15.0.0 22 End of billing period single action schedule
15.0.1 22 Disconnect control single action schedule
15.0.2 22 Image activation single action schedule
15.0.3 22 Output control single action schedule
15.0.4 22 Push single action schedule
15.0.5 22 Load profile control single action schedule
15.0.6 22 M-Bus profile control single action schedule
15.0.7 22 Function control single action schedule
15.1-127.0 22 End of billing period single action schedule, implementation {d}
16 Monitors
16.0 Register monitors
16.0.0-127 21 Register monitor{i}
16.1 Alarm monitors
16.1.0-127 21 Alarm monitor{i}
16.2 Parameter monitors
16.2.0-127 65 Parameter monitor{i}
17 Limiters
17.0.0-127 71 Limiter{i}
18 Array managers
18.0.0-127 123 Array manager{i}
19 Payment metering
19.0-9.0 111 Account {d+1}
19.10-19.0-127 112 Credit {e+1} of account {d-9}
19.20-29.0-127 113 Charge {e+1} of account {d-19}
19.40-49.0-127 115 Token gateway {e+1} of account {d-39}
19.50-59.1 1 Max credit limit of account {d-49}
19.50-59.2 1 Max vend limit of account {d-49}
20 IEC local ports
20.0 IEC local port setup
20.0.0 19 IEC optical port setup
20.0.1 19 IEC electrical port setup
21 Standard readout profiles
21.0 Standard readout
21.0.0 - General local port readout
21.0.1 - General display readout
21.0.2 - Alternate display readout
21.0.3 - Service display readout
21.0.4 - List of configurable meter data
21.0.5-127 - Additional readout profile {e-4}
22 IEC HDLC setup
22.0.0-127 23 IEC HDLC setup{i}
23 IEC twisted pair
23.0.0 24 IEC twisted pair setup
23.3.0 7 IEC 62056-3-1 short readout
23.3.1 7 IEC 62056-3-1 long readout
23.3.2-9 7 IEC 62056-3-1 alternate readout {e-2}
24 M-Bus
24.0 M-Bus slave port setup
24.0.0-127 25 M-Bus slave port setup{i}
24.1 M-Bus client
24.1.0-127 72 M-Bus client{i}
24.2 M-Bus values
24.2.0-127 4 M-Bus value {e}
24.3 M-Bus profiles
24.3.0-127 7 M-Bus profile{i}
24.4 M-Bus disconnect control
24.4.0-127 70 M-Bus disconnect control{i}
24.5 M-Bus control log
24.5.0-127 7 M-Bus control log{i}
24.6 M-Bus master port setup
24.6.0-127 74 M-Bus master port setup{i}
24.8 DLMS server M-Bus port setup
24.8.0-127 76 DLMS server M-Bus port setup{i}
24.9 M-Bus diagnostic
24.9.0-127 77 M-Bus diagnostic{i}
25 Internet
25.0 TCP-UDP setup
25.0.0-127 41 TCP-UDP setup{i}
25.1 IPv4 setup
25.1.0-127 42 IPv4 setup{i}
25.2 MAC address setup
25.2.0-127 43 MAC address setup{i}
25.3 PPP setup
25.3.0-127 44 PPP setup{i}
25.4 GPRS modem setup
25.4.0-127 45 GPRS modem setup{i}
25.5 SMTP setup
25.5.0-127 46 SMTP setup{i}
25.6 GSM diagnostic
25.6.0-127 47 GSM diagnostic{i}
25.7 IPv6 setup
25.7.0-127 48 IPv6 setup{i}
25.8 FTP setup
25.8.0-127 - FTP setup{i}
25.9 Push setup
25.9.0-127 40 Push setup{i}
25.10 NTP setup
25.10.0-127 100 NTP setup{i}
25.11 LTE monitoring
25.11.0-127 151 LTE monitoring{i}
26 S-FSK PLC
26.0.0 50 S-FSK Phy&MAC setup
26.1.0 51 S-FSK active initiator
26.2.0 52 S-FSK MAC synchronization timeouts
26.3.0 53 S-FSK MAC counters
26.5.0 55 IEC 61334-4-32 LLC setup
26.6.0 56 S-FSK reporting system list
27 ISO/IEC 8802-2 LLC
27.0.0 57 ISO/IEC 8802-2 LLC type 1 setup
27.1.0 58 ISO/IEC 8802-2 LLC type 2 setup
27.2.0 59 ISO/IEC 8802-2 LLC type 3 setup
28 PRIME PLC
28.0.0 80 PRIME IEC 61334-4-32 LLC SSCS setup
28.1.0 81 PRIME physical layer counters
28.2.0 82 PRIME MAC setup
28.3.0 83 PRIME MAC functional parameters
28.4.0 84 PRIME MAC counters
28.5.0 85 PRIME MAC network administration data
28.6.0 43 PRIME MAC address setup
28.7.0 86 PRIME application identification
29 G3-PLC
29.0.0 90 G3-PLC MAC layer counters
29.1.0 91 G3-PLC MAC setup
29.2.0 92 G3-PLC 6LoWPAN adaptation layer setup
30 ZigBee
30.0.0-127 101 ZigBee SAS startup{i}
30.1.0-127 102 ZigBee SAS join{i}
30.2.0-127 103 ZigBee SAS APS fragmentation{i}
30.3.0-127 104 ZigBee network control{i}
30.4.0-127 105 ZigBee tunnel setup{i}
31 Wireless M-Bus
31.0.0-127 73 Wireless mode Q channel{i}
33 HS-PLC
34 Wi-SUN
40 Associations
40.0.0 - Current association
40.0.1-127 - Association {e}
41 SAP assignment
41.0.0 17 SAP assignment
42 COSEM logical device name
42.0.0 1 COSEM logical device name
43 Security
43.0 Security setup
43.0.0-127 64 Security setup{i}
43.1 Invocation counters
43.1.0-127 1 Invocation counter {e}
43.2 Data protection
43.2.0-127 30 Data protection{i}
44 Image transfer, function control, port protection
44.0 Image transfer
44.0.0-127 18 Image transfer{i}
44.1 Function control
44.1.0-127 122 Function control{i}
44.2 Communication port protection
44.2.0-127 124 Communication port protection{i}
65 Utility tables
65.0-15.0-127 26 Utility tables, standard tables {d}/{e}
65.16-31.0-127 26 Utility tables, manufacturer tables {d-16}/{e}
65.32-47.0-127 26 Utility tables, pending standard tables {d-32}/{e}
65.48-63.0-127 26 Utility tables, pending manufacturer tables {d-48}/{e}
66 Compact data
66.0.0-127 62 Compact data{i}
93 Consortia specific
94 Country specific
96 General and service entries
96.1 Device identification
96.1.0 1 Device ID 1, manufacturing number
96.1.1-9 1 Device ID {e+1}
96.1.10 1 Metering point ID
96.1.255 - Complete device ID
96.2 Parameter changes and calibration
96.2.0 1 Number of configuration program changes
96.2.1 1 Date of last configuration program change
96.2.2 1 Date of last time switch program change
96.2.3 1 Date of last ripple control receiver program change
96.2.4 1 Status of security switches
96.2.5 1 Date of last calibration
96.2.6 1 Date of next configuration program change
96.2.7 1 Date of activation of the passive calendar
96.2.10 1 Number of protected configuration program changes
96.2.11 1 Date of last protected configuration program change
96.2.12 1 Date of last clock synchronization or setting
96.2.13 1 Date of last firmware activation
96.3 Input and output control signals
96.3.0 - State of input and output control signals, global
96.3.1 - State of input control signals
96.3.2 - State of output control signals
96.3.3 - State of input and output control signals (3)
96.3.4 - State of input and output control signals (4)
96.3.10 70 Disconnect control
96.3.20-29 68 Arbitrator {e-19}
96.4 Internal control signals
96.4.0 - State of internal control signals, global
96.4.1-4 - State of internal control signals ({e})
96.5 Internal operating status
96.5.0 - Internal operating status, global
96.5.1-4 - Internal operating status ({e})
96.6 Battery entries
96.6.0 - Battery use time counter
96.6.1 - Battery charge display
96.6.2 - Date of next battery change
96.6.3 3 Battery voltage [35]
96.6.4 3 Battery initial capacity
96.6.5 - Battery installation date and time
96.6.6 - Battery estimated remaining use time
96.6.10 - Auxiliary supply use time counter
96.6.11 3 Auxiliary voltage [35]
96.7 Power failure monitoring
96.7.0 - Number of power failures, all three phases [255]
96.7.1-3 - Number of power failures, L{e} [255]
96.7.4 - Number of power failures, auxiliary supply [255]
96.7.5 - Number of long power failures, all three phases [255]
96.7.6-8 - Number of long power failures, L{e-5} [255]
96.7.9 - Number of long power failures, any phase [255]
96.7.10 - Time of power failure, all three phases
96.7.11-13 - Time of power failure, L{e-10}
96.7.14 - Time of power failure, any phase
96.7.15 - Duration of long power failure, all three phases
96.7.16-18 - Duration of long power failure, L{e-15}
96.7.19 - Duration of long power failure, any phase
96.7.20 - Time threshold for long power failures
96.7.21 - Number of power failures, any phase [255]
96.8 Operating time
96.8.0 - Time of operation
96.8.1-63 - Time of operation, rate {e}
96.9 Environment
96.9.0 3 Ambient temperature
96.9.1 3 Ambient pressure
96.9.2 3 Relative humidity
96.10 Status registers
96.10.1-10 - Status register {e}
96.11 Event codes
96.11.0-99 - Event code {e+1}
96.12 Communication port log parameters
96.12.1 1 Number of connections
96.12.4 1 Communication port parameter 1
96.12.5 - GSM field strength
96.12.6 1 Telephone number or communication address
96.13 Consumer messages
96.13.0 1 Consumer message via the local consumer port
96.13.1 1 Consumer message via the display or the local consumer port
96.14 Currently active tariff
96.14.0-15 1 Currently active tariff {e+1}
96.15 Event counters
96.15.0-99 - Event counter {e+1} [255]
96.16 Profile entry digital signatures
96.16.0-9 1 Profile entry digital signature {e+1}
96.17 Profile entry counters
96.17.0-127 1 Profile entry counter {e+1} [255]
96.20 Meter tamper events
${tamperLines()}
97 Errors and alarms
97.97 Error registers
97.97.0-9 1 Error register {e+1}
97.97.255 - Error profile
97.98 Alarm registers, filters and descriptors
97.98.0-9 1 Alarm register {e+1}
97.98.10-19 1 Alarm filter {e-9}
97.98.20-29 1 Alarm descriptor {e-19}
97.98.255 - Alarm register profile
98 Lists
98.1 Data of billing period, scheme 1
98.1.0-127*p 7 Data of billing period (1){i}{p}
98.1.255*p 7 Data of billing period (1){p}
98.2 Data of billing period, scheme 2
98.2.0-127*p 7 Data of billing period (2){i}{p}
98.2.255*p 7 Data of billing period (2){p}
98.10 Register tables for general use
98.10.0-127*p 61 Register table{i}{p}
99 Data profiles
99.1 Load profile with recording period 1
99.1.0-127 7 Load profile with recording period 1{i}
99.2 Load profile with recording period 2
99.2.0-127 7 Load profile with recording period 2{i}
99.3 Load profile during test
99.3.0-127 7 Load profile during test{i}
99.12 Connection profile
99.12.0-127 7 Connection profile{i}
99.13 GSM diagnostic profile
99.13.0-127 7 GSM diagnostic profile{i}
99.14 Charge collection history
99.14.0-127 7 Charge collection history{i}
99.15 Token credit history
99.15.0-127 7 Token credit history{i}
99.16 Parameter monitor log
99.16.0-127 7 Parameter monitor log{i}
99.17 Token transfer log
99.17.0-127 7 Token transfer log{i}
99.98 Event logs
99.98.0-127 7 Event log{i}
127 Inactive objects`,
);

function tamperLines(): string {
  const events = [
    "Meter open",
    "Terminal cover open",
    "Tilt",
    "Strong DC magnetic field",
    "Supply control switch or valve tamper",
    "Metrology tamper",
    "Communication tamper",
  ];
  const lines = events.flatMap((event, index) => {
    const e = index * 5;
    return [
      `96.20.${e} - ${event} event counter [255]`,
      `96.20.${e + 1} - ${event} event, time stamp of current event`,
      `96.20.${e + 2} - ${event} event, duration of current event`,
      `96.20.${e + 3} - ${event} event, cumulative duration`,
    ];
  });
  return lines.join("\n");
}
