/**
 * How the interface classes lay out their short names: where the methods begin, and how many
 * attributes and methods there are. IEC 62056-6-2, class descriptions (column "Short name").
 */

/** Attribute n stands at (n - 1) * 8 from the base, method n at `firstMethod` + (n - 1) * 8. */
export interface ShortNameLayout {
  readonly attributes: number;
  /** Offset from the base; between attributes and methods there may be a gap, which is the object's. */
  readonly firstMethod: number;
  readonly methods: number;
}

interface VersionedLayout extends ShortNameLayout {
  /** The versions of the class that it holds for. */
  readonly from: number;
  readonly to: number;
}

type Row = readonly [
  classId: number,
  from: number,
  to: number,
  attributes: number,
  firstMethod: number,
  methods: number,
];

/** Only classes and versions whose layout is sure; a class without methods ends with its attributes. */
const rows: readonly Row[] = [
  [1, 0, 0, 2, 0x10, 0], // Data
  [3, 0, 0, 3, 0x28, 1], // Register
  [4, 0, 0, 5, 0x38, 1], // Extended register
  [5, 0, 0, 9, 0x48, 2], // Demand register
  [6, 0, 0, 4, 0x30, 3], // Register activation
  [7, 0, 1, 8, 0x58, 4], // Profile generic
  [8, 0, 0, 9, 0x60, 6], // Clock
  [9, 0, 0, 2, 0x20, 1], // Script table
  [11, 0, 0, 2, 0x10, 2], // Special days table
  [12, 0, 0, 2, 0x20, 8], // Association SN
  [12, 1, 1, 3, 0x20, 8],
  [12, 2, 2, 4, 0x20, 8],
  [12, 3, 4, 6, 0x20, 10], // user_list and current_user stand where methods 1 and 2 were
  [17, 0, 0, 2, 0x20, 1], // SAP assignment
  [18, 0, 0, 7, 0x40, 4], // Image transfer
  [19, 0, 1, 9, 0x48, 0], // IEC local port setup
  [20, 0, 0, 10, 0x50, 1], // Activity calendar
  [21, 0, 0, 4, 0x20, 0], // Register monitor
  [22, 0, 0, 4, 0x20, 0], // Single action schedule
  [23, 0, 1, 9, 0x48, 0], // IEC HDLC setup
  [25, 0, 0, 5, 0x28, 0], // M-Bus slave port setup
  [26, 0, 0, 4, 0x20, 0], // Utility tables
  [27, 0, 1, 4, 0x20, 0], // Modem configuration
  [28, 0, 0, 6, 0x30, 0], // Auto answer
  [29, 0, 1, 6, 0x30, 0], // Auto connect
  [41, 0, 0, 6, 0x30, 0], // TCP-UDP setup
  [42, 0, 0, 10, 0x60, 3], // IPv4 setup
  [43, 0, 0, 2, 0x10, 0], // MAC address setup
  [44, 0, 0, 5, 0x28, 0], // PPP setup
  [45, 0, 0, 4, 0x20, 0], // GPRS modem setup
  [61, 0, 0, 4, 0x28, 2], // Register table
  [63, 0, 0, 3, 0x18, 0], // Status mapping
  [70, 0, 0, 4, 0x20, 2], // Disconnect control
  [71, 0, 0, 11, 0x58, 0], // Limiter
  [72, 0, 0, 12, 0x60, 8], // M-Bus client
  [72, 1, 1, 14, 0x70, 8],
];

const layoutsOfClass = new Map<number, VersionedLayout[]>();
for (const [classId, from, to, attributes, firstMethod, methods] of rows) {
  const layouts = layoutsOfClass.get(classId) ?? [];
  layouts.push({ from, to, attributes, firstMethod, methods });
  layoutsOfClass.set(classId, layouts);
}

const none: readonly VersionedLayout[] = Object.freeze([]);

/**
 * The layouts that an object of the class may have: one where its version is known, that of every
 * version where it is not. Empty where the layout of the class, or of its version, is not known.
 */
export function findShortNameLayouts(
  classId: number,
  version: number | undefined,
): readonly ShortNameLayout[] {
  const layouts = layoutsOfClass.get(classId) ?? none;
  if (version === undefined) return layouts;
  const layout = layouts.find(({ from, to }) => from <= version && version <= to);
  return layout === undefined ? none : [layout];
}
