/**
 * Attributes and methods whose values are secrets in clear: passwords, HLS secrets, keys. Keys that
 * travel wrapped (Security setup, transfer_key of the M-Bus client) are none, and neither are the
 * proofs of HLS. IEC 62056-6-2, class descriptions.
 */

const associationShortName = 12;
const associationLogicalName = 15;
const mbusClient = 72;

/** Whether an attribute is `secret` (`LLS_secret` in version 0) of the Association LN. */
export function isSecretAttribute(
  classId: number | undefined,
  attribute: number | undefined,
): boolean {
  return classId === associationLogicalName && attribute === 7;
}

/**
 * Whether the parameter of a method is a new secret: change_HLS_secret of the Association LN,
 * change_LLS_secret or change_secret (5) and change_HLS_secret (6) of the Association SN,
 * set_encryption_key of the M-Bus client.
 */
export function isSecretMethod(classId: number | undefined, method: number | undefined): boolean {
  switch (classId) {
    case associationLogicalName:
      return method === 2;
    case associationShortName:
      return method === 5 || method === 6;
    case mbusClient:
      return method === 7;
    default:
      return false;
  }
}
