/** An attribute or a method of a COSEM object that a service names. */
export interface ObjectReference {
  /** Undefined where a short name is used and no base map says whose it is. */
  readonly classId: number | undefined;
  /** 6 bytes. */
  readonly logicalName: Uint8Array | undefined;
  readonly kind: "attribute" | "method" | "unknown";
  /** Number of the attribute or method; undefined where a short name could not be resolved. */
  readonly id: number | undefined;
  /** The short name that was used, if one was. */
  readonly shortName: number | undefined;
}
