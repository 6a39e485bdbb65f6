/** Looks interface classes up, and what their attributes and methods are. */
import * as associations from "./classes/associations.js";
import * as g3Plc from "./classes/g3-plc.js";
import * as internet from "./classes/internet.js";
import * as localPorts from "./classes/local-ports.js";
import * as mBus from "./classes/m-bus.js";
import * as management from "./classes/management.js";
import * as measurementData from "./classes/measurement-data.js";
import * as modems from "./classes/modems.js";
import * as monitoring from "./classes/monitoring.js";
import * as otherPlc from "./classes/other-plc.js";
import * as payment from "./classes/payment.js";
import * as primePlc from "./classes/prime-plc.js";
import * as push from "./classes/push.js";
import * as radioNetworks from "./classes/radio-networks.js";
import * as registers from "./classes/registers.js";
import * as sFskPlc from "./classes/s-fsk-plc.js";
import * as security from "./classes/security.js";
import * as timeControl from "./classes/time-control.js";
import {
  type ClassAttribute,
  type ClassMethod,
  type ClassVersion,
  fixed,
  type InterfaceClass,
} from "./interface-class.js";
import { choice, logicalName, type ValueRule } from "./value-rule.js";

/** The definitions by class id; each is made when it is asked for the first time. */
const definitions: Readonly<Partial<Record<number, () => InterfaceClass>>> = {
  1: registers.data,
  3: registers.register,
  4: registers.extendedRegister,
  5: registers.demandRegister,
  6: measurementData.registerActivation,
  7: measurementData.profileGeneric,
  8: timeControl.clock,
  9: timeControl.scriptTable,
  10: timeControl.schedule,
  11: timeControl.specialDaysTable,
  12: associations.associationShortName,
  15: associations.associationLogicalName,
  17: associations.sapAssignment,
  18: management.imageTransfer,
  19: localPorts.iecLocalPortSetup,
  20: timeControl.activityCalendar,
  21: monitoring.registerMonitor,
  22: timeControl.singleActionSchedule,
  23: localPorts.iecHdlcSetup,
  24: localPorts.iecTwistedPairSetup,
  25: mBus.mBusSlavePortSetup,
  26: measurementData.utilityTables,
  27: modems.modemConfiguration,
  28: modems.autoAnswer,
  29: modems.autoConnect,
  30: security.dataProtection,
  40: push.pushSetup,
  41: internet.tcpUdpSetup,
  42: internet.ipv4Setup,
  43: internet.macAddressSetup,
  44: internet.pppSetup,
  45: modems.gprsModemSetup,
  46: internet.smtpSetup,
  47: modems.gsmDiagnostic,
  48: internet.ipv6Setup,
  50: sFskPlc.sFskPhyAndMacSetUp,
  51: sFskPlc.sFskActiveInitiator,
  52: sFskPlc.sFskMacSynchronizationTimeouts,
  53: sFskPlc.sFskMacCounters,
  55: sFskPlc.iec61334LlcSetup,
  56: sFskPlc.sFskReportingSystemList,
  57: sFskPlc.llcType1Setup,
  58: sFskPlc.llcType2Setup,
  59: sFskPlc.llcType3Setup,
  61: measurementData.registerTable,
  62: measurementData.compactData,
  63: measurementData.statusMapping,
  64: security.securitySetup,
  65: monitoring.parameterMonitor,
  66: measurementData.measurementDataMonitoring,
  67: monitoring.sensorManager,
  68: monitoring.arbitrator,
  70: monitoring.disconnectControl,
  71: monitoring.limiter,
  72: mBus.mBusClient,
  73: mBus.wirelessModeQChannel,
  74: mBus.mBusMasterPortSetup,
  76: mBus.dlmsServerMBusPortSetup,
  77: mBus.mBusDiagnostic,
  80: primePlc.llcSscsSetup,
  81: primePlc.physicalLayerCounters,
  82: primePlc.macSetup,
  83: primePlc.macFunctionalParameters,
  84: primePlc.macCounters,
  85: primePlc.macNetworkAdministrationData,
  86: primePlc.applicationIdentification,
  90: g3Plc.macLayerCounters,
  91: g3Plc.macSetup,
  92: g3Plc.adaptationLayerSetup,
  95: radioNetworks.wiSunSetup,
  96: radioNetworks.wiSunDiagnostic,
  97: radioNetworks.rplDiagnostic,
  98: radioNetworks.mplDiagnostic,
  101: radioNetworks.zigBeeSasStartup,
  102: radioNetworks.zigBeeSasJoin,
  103: radioNetworks.zigBeeSasApsFragmentation,
  104: radioNetworks.zigBeeNetworkControl,
  105: radioNetworks.zigBeeTunnelSetup,
  111: payment.account,
  112: payment.credit,
  113: payment.charge,
  115: payment.tokenGateway,
  116: payment.stsAttributes,
  122: management.functionControl,
  123: management.arrayManager,
  124: security.communicationPortProtection,
  126: radioNetworks.schcLpwanSetup,
  127: radioNetworks.schcLpwanDiagnostic,
  128: radioNetworks.loRaWanSetup,
  129: radioNetworks.loRaWanDiagnostic,
  130: otherPlc.lonIdentification,
  131: otherPlc.lonProtocolSetup,
  132: otherPlc.lonProtocolStatus,
  133: otherPlc.lonDiagnostic,
  140: otherPlc.hsPlcMacSetup,
  141: otherPlc.hsPlcCpasSetup,
  142: otherPlc.hsPlcIpSsasSetup,
  143: otherPlc.hsPlcHdlcSsasSetup,
  151: modems.lteMonitoring,
  152: internet.coapSetup,
  153: internet.coapDiagnostic,
  160: g3Plc.hybridMacLayerCounters,
  161: g3Plc.hybridMacSetup,
  162: g3Plc.hybridAdaptationLayerSetup,
};

const known = new Map<number, InterfaceClass>();

/** The class with that id; undefined for one that no standard defines. */
export function findClass(id: number): InterfaceClass | undefined {
  const found = known.get(id) ?? definitions[id]?.();
  if (found !== undefined) known.set(id, found);
  return found;
}

/** Ids of all classes that are known, ascending. */
export function listClassIds(): number[] {
  return Object.keys(definitions).map(Number);
}

/** By class and attribute, of any version; null where nothing is known. */
const attributesFound = new Map<number, ClassAttribute | null>();
const attributesOf = ({ attributes }: ClassVersion) => attributes;

const logicalNameAttribute = fixed("logical_name", logicalName);

/**
 * What the attribute of a class is. Where the version is not known, or is none that was published,
 * the newest one's name stands, and the value may be what it is in any version. Undefined where
 * nothing is known of it.
 */
export function findAttribute(
  classId: number,
  attribute: number,
  version?: number,
): ClassAttribute | undefined {
  if (attribute === 1) return logicalNameAttribute;
  if (version !== undefined) return find(classId, attribute, version, attributesOf);
  // Asked for every value of a trace.
  const key = classId * 256 + attribute;
  let found = attributesFound.get(key);
  if (found === undefined) {
    found = find(classId, attribute, undefined, attributesOf);
    attributesFound.set(key, found ?? null);
  }
  return found ?? undefined;
}

/** The same of a method. */
export function findMethod(
  classId: number,
  method: number,
  version?: number,
): ClassMethod | undefined {
  return find(classId, method, version, ({ methods }) => methods);
}

function find<Item extends ClassAttribute | ClassMethod>(
  classId: number,
  number: number,
  version: number | undefined,
  list: (version: ClassVersion) => Readonly<Record<number, Item>>,
): Item | undefined {
  const found = findClass(classId);
  if (found === undefined) return undefined;
  const exact = version === undefined ? undefined : found.versions[version];
  if (exact !== undefined) return list(exact)[number];
  const items = Object.values(found.versions).flatMap((each) => list(each)[number] ?? []);
  const newest = items.at(-1);
  if (newest === undefined) return undefined;
  const rules: ValueRule[] = [...new Set(items.map(({ rule }) => rule))];
  return rules.length === 1 ? newest : { ...newest, rule: choice(...rules.reverse()) };
}
