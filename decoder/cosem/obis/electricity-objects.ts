/** Objects of electricity that are no measured values. IEC 62056-6-1, Electricity related objects. */
import { objectLines } from "./object-lines.js";

export const electricityObjects = objectLines(
  () => `
0 General and service entries
0.0 Electricity ID
0.0.0-9 1 Electricity ID {e+1}
0.0.255 - Complete combined electricity ID
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
0.2.1 1 Parameter record number
0.2.1*1 1 Parameter record number, line 1
0.2.2 1 Time switch program number
0.2.3 1 Ripple control receiver program number
0.2.4 1 Meter connection diagram ID
0.2.7 1 Passive calendar name
0.2.8 1 Active firmware signature
0.3 Output pulse values or constants
0.3.0 - Meter constant, active energy, metrological LED [45]
0.3.1 - Meter constant, reactive energy, metrological LED [46]
0.3.2 - Meter constant, apparent energy, metrological LED [47]
0.3.3 - Meter constant, active energy, output pulse [45]
0.3.4 - Meter constant, reactive energy, output pulse [46]
0.3.5 - Meter constant, apparent energy, output pulse [47]
0.3.6 - Meter constant, volt-squared hours, metrological LED [53]
0.3.7 - Meter constant, ampere-squared hours, metrological LED [54]
0.3.8 - Meter constant, volt-squared hours, output pulse [53]
0.3.9 - Meter constant, ampere-squared hours, output pulse [54]
0.4 Ratios
0.4.0 - Reading factor for power
0.4.1 - Reading factor for energy
0.4.2*p - Transformer ratio, current (numerator){p}
0.4.3*p - Transformer ratio, voltage (numerator){p}
0.4.4*p - Overall transformer ratio (numerator){p}
0.4.5*p - Transformer ratio, current (denominator){p}
0.4.6*p - Transformer ratio, voltage (denominator){p}
0.4.7*p - Overall transformer ratio (denominator){p}
0.5 Demand limits for excess consumption metering
0.5.1*1-4 - Demand limit {f}
0.5.2*1-9 - Demand limit, rate {f}
0.6 Nominal values
0.6.0 3 Nominal voltage [35]
0.6.1 3 Basic or nominal current [33]
0.6.2 3 Nominal frequency [44]
0.6.3 3 Maximum current [33]
0.6.4*p 3 Reference voltage for power quality measurement{p} [35]
0.6.5*p 3 Reference voltage of auxiliary power supply{p} [35]
0.7 Input pulse values or constants
0.7.0 3 Input pulse constant, active energy
0.7.1 3 Input pulse constant, reactive energy
0.7.2 3 Input pulse constant, apparent energy
0.7.3 3 Input pulse constant, volt-squared hours
0.7.4 3 Input pulse constant, ampere-squared hours
0.7.5 - Input pulse constant, unitless quantities
0.7.10 3 Input pulse constant, active energy export
0.7.11 3 Input pulse constant, reactive energy export
0.7.12 3 Input pulse constant, apparent energy export
0.8 Durations of measurement, recording and billing periods
0.8.0 - Measurement period 1, for averaging scheme 1
0.8.1 - Measurement period 2, for averaging scheme 2
0.8.2 - Measurement period 3, for instantaneous values
0.8.3 - Measurement period 4, for test values
0.8.4 - Recording interval 1, for load profile
0.8.5 - Recording interval 2, for load profile
0.8.6 - Billing period 1
0.8.7 - Billing period 2
0.9 Time entries
0.9.0 - Time since last end of billing period (1)
0.9.1 1 Local time
0.9.2 1 Local date
0.9.5 1 Day of the week
0.9.6 1 Time of last reset (1)
0.9.7 1 Date of last reset (1)
0.9.8 - Output pulse duration
0.9.9 - Clock synchronization window
0.9.10 - Clock synchronization method
0.9.11 - Clock time shift limit
0.9.12 - Billing period reset lockout time (1)
0.9.13 - Time since last end of billing period (2)
0.9.14 1 Time of last reset (2)
0.9.15 1 Date of last reset (2)
0.9.16 - Billing period reset lockout time (2)
0.10 Coefficients
0.10.0 3 Transformer magnetic losses, Xm
0.10.1 3 Transformer iron losses, RFe
0.10.2 3 Line resistance losses, RCu
0.10.3 3 Line reactance losses, Xs
0.11 Measurement methods
0.11.1 1 Measurement algorithm, active power
0.11.2 1 Measurement algorithm, active energy
0.11.3 1 Measurement algorithm, reactive power
0.11.4 1 Measurement algorithm, reactive energy
0.11.5 1 Measurement algorithm, apparent power
0.11.6 1 Measurement algorithm, apparent energy
0.11.7 1 Measurement algorithm, power factor
93 Consortia specific
94 Country specific
96 Electricity related service entries
96.1 Metering point ID
96.1.0-9 1 Metering point ID {e+1}
96.1.255 - Combined metering point ID
96.5 Internal operating status
96.5.0 - Internal operating status, global
96.5.1-4 - Internal operating status ({e})
96.5.5 1 Meter started status flag
96.10 Status information
96.10.0 1 Status of missing voltage
96.10.1 1 Status of missing current
96.10.2 1 Status of current without voltage
96.10.3 1 Status of auxiliary power supply
97 Error registers
97.97 Error registers
97.97.0-9 1 Error register {e+1}
97.97.255 - Error profile
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
99.10 Voltage profiles
99.10.1 7 Voltage dips profile
99.10.2 7 Voltage swells profile
99.10.3 7 Voltage cuts profile
99.11 Voltage harmonic profiles
99.11.1-120 7 Voltage harmonic {e} profile
99.11.124-127 7 Voltage harmonics profile {e}
99.12 Current harmonic profiles
99.12.1-120 7 Current harmonic {e} profile
99.12.124-127 7 Current harmonics profile {e}
99.13 Voltage unbalance profile
99.13.0-127 7 Voltage unbalance profile{i}
99.97 Power failure event logs
99.97.0-127 7 Power failure event log{i}
99.98 Event logs
99.98.0-127 7 Event log{i}
99.99 Certification data logs
99.99.0-127 7 Certification data log{i}
127 Inactive objects`,
);
