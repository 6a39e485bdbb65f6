/** Both ends of an association with security suite 0: what each ciphers, with which counter. */
import { concat } from "../captures/pcap-builder.js";
import {
  general,
  hex,
  type Protection,
  protect,
  specific,
} from "../decoder/security/cipher-builder.js";

export type Side = "client" | "server";

/** Keys, titles and challenges of the examples of the DLMS UA Green Book: no secrets. */
export const exampleSecurity = {
  globalKey: hex("000102030405060708090a0b0c0d0e0f"),
  authenticationKey: hex("d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"),
  dedicatedKey: hex("00112233445566778899aabbccddeeff"),
  titles: { client: hex("4d4d4d0000000001"), server: hex("4d4d4d0000bc614e") },
  /** "K56iVagY" and "P6wRJ21F". */
  challenges: { client: hex("4b35366956616759"), server: hex("503677524a323146") },
} as const;

/** Tags of the services with dedicated ciphering, by the tag of the service in clear. */
const dedicatedTags: ReadonlyMap<number, number> = new Map([
  [0xc0, 0xd0],
  [0xc1, 0xd1],
  [0xc3, 0xd3],
  [0xc4, 0xd4],
  [0xc5, 0xd5],
  [0xc7, 0xd7],
]);

const authenticatedEncryption = 0x30;
const authenticationOnly = 0x10;

/** Each call takes the next counter of its key. */
export class CipheringParties {
  readonly #dedicated: Record<Side, number> = { client: 0, server: 0 };

  constructor(
    /** The last counters that were used with the global key. */
    readonly global: Record<Side, number>,
  ) {}

  /** glo-initiate-request and -response, which are of ACSE. */
  initiate(side: Side, apdu: Uint8Array): Uint8Array {
    const tag = side === "client" ? 0x21 : 0x28;
    return specific(tag, apdu, this.#globally(side, authenticatedEncryption));
  }

  /** f(StoC) of the client, f(CtoS) of the server: control byte, counter, and tag. */
  proof(side: Side): Uint8Array {
    const challenge = exampleSecurity.challenges[side === "client" ? "server" : "client"];
    const sealed = protect(challenge, this.#globally(side, authenticationOnly));
    return concat(sealed.subarray(0, 5), sealed.subarray(5 + challenge.length));
  }

  /** GET, SET or ACTION under the dedicated key. */
  service(side: Side, apdu: Uint8Array): Uint8Array {
    const tag = dedicatedTags.get(apdu[0] ?? 0);
    if (tag === undefined) throw new Error("no service of an association");
    this.#dedicated[side] += 1;
    const { dedicatedKey: key } = exampleSecurity;
    const counter = this.#dedicated[side];
    return specific(tag, apdu, protection(side, authenticatedEncryption, key, counter));
  }

  /** general-glo-ciphering of the meter. */
  push(apdu: Uint8Array): Uint8Array {
    return general(0xdb, apdu, this.#globally("server", authenticatedEncryption));
  }

  #globally(side: Side, control: number): Protection {
    this.global[side] += 1;
    return protection(side, control, exampleSecurity.globalKey, this.global[side]);
  }
}

function protection(side: Side, control: number, key: Uint8Array, counter: number): Protection {
  const { authenticationKey, titles } = exampleSecurity;
  return { control, key, authenticationKey, title: titles[side], counter };
}
