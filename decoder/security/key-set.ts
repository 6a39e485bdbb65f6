/** Keys of one meter, as the key file gives them. Values never leave the security layer. */
export interface KeySet {
  readonly name?: string;
  /** The meter's system title, 8 bytes; a set without one is tried for any meter. */
  readonly systemTitle?: Uint8Array;
  readonly securitySuite?: 0 | 1 | 2;
  readonly globalUnicastEncryptionKey?: Uint8Array;
  readonly globalBroadcastEncryptionKey?: Uint8Array;
  readonly authenticationKey?: Uint8Array;
  readonly dedicatedKey?: Uint8Array;
  readonly masterKey?: Uint8Array;
  readonly hlsSecret?: Uint8Array;
  readonly llsPassword?: string;
  readonly clientSystemTitle?: Uint8Array;
  readonly signingPublicKeys?: { readonly client?: Uint8Array; readonly server?: Uint8Array };
  readonly agreementPrivateKeys?: { readonly client?: Uint8Array; readonly server?: Uint8Array };
}
